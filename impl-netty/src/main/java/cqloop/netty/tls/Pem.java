package cqloop.netty.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Value. Finds the blocks of PEM text (RFC 7468); what stands between them is a comment. */
final class Pem {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /**
   * Value. One block.
   *
   * @param label what it holds, such as {@code CERTIFICATE}
   * @param text all of it, with the lines around it
   * @param start where the content begins in the text
   * @param end where it ends
   */
  record Block(String label, String text, int start, int end) {

    /**
     * Returns the bytes of the content.
     *
     * @throws IllegalArgumentException when it is not Base64, or has headers (RFC 1421)
     */
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(checked(text.substring(start, end)));
    }

    /** The decoder of MIME skips what it does not know: damage must not pass for content. */
    private static String checked(String content) {
      for (int i = 0; i < content.length(); i++) {
        char c = content.charAt(i);
        boolean known =
            (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || "+/= \t\r\n".indexOf(c) >= 0;
        if (!known) {
          throw new IllegalArgumentException("it is not Base64");
        }
      }
      return content;
    }

    /** Shows no content: it may be a key. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** Returns all blocks in their order; an unfinished one fails. */
  static List<Block> blocks(Source source) {
    String text = source.text();
    List<Block> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      int line = text.indexOf('\n', at);
      if (labelEnd < 0 || line < labelEnd) {
        throw source.failure("a line '-----BEGIN ...' does not end with five dashes", null);
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      int start = labelEnd + DASHES.length();
      int end = text.indexOf(END + label + DASHES, start);
      if (end < 0) {
        throw source.failure("the line '-----END %s-----' is missing".formatted(label), null);
      }
      int after = end + END.length() + label.length() + DASHES.length();
      blocks.add(new Block(label, text.substring(at, after), start - at, end - at));
      at = text.indexOf(BEGIN, after);
    }
    if (blocks.isEmpty()) {
      throw source.failure("there is no PEM in it, no line '-----BEGIN ...'", null);
    }
    return blocks;
  }
}
