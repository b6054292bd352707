package cqloop.metadata;

import cqloop.error.KeyspaceNotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Value. The schema of the cluster as it was known at one moment.
 *
 * @param version rises with each snapshot of a session that differs from the one before
 * @param keyspaces those that the session follows, virtual ones among them, by name
 */
public record SchemaMetadata(long version, Map<String, KeyspaceMetadata> keyspaces) {

  public SchemaMetadata {
    keyspaces = Copies.sorted(keyspaces);
  }

  /**
   * Returns the keyspace of this name.
   *
   * @throws KeyspaceNotFound when there is none, or the session does not follow it
   */
  public KeyspaceMetadata keyspace(String name) {
    KeyspaceMetadata found = keyspaces.get(name);
    if (found == null) {
      throw new KeyspaceNotFound(name);
    }
    return found;
  }

  /**
   * Returns the statements that create all keyspaces but those of the server itself, each without a
   * semicolon, in the order in which they must run.
   */
  public List<String> statements(DescribeOptions options) {
    List<String> all = new ArrayList<>();
    for (KeyspaceMetadata keyspace : keyspaces.values()) {
      if (!keyspace.isSystem()) {
        all.addAll(keyspace.statements(options));
      }
    }
    return all;
  }

  /** Returns {@link #describe(DescribeOptions)} with {@link DescribeOptions#DEFAULT}. */
  public String describe() {
    return describe(DescribeOptions.DEFAULT);
  }

  /** Returns the statements as one text, each with its semicolon. */
  public String describe(DescribeOptions options) {
    return CqlText.joined(statements(options), options);
  }

  @Override
  public String toString() {
    return "SchemaMetadata(version %s, %s keyspaces)".formatted(version, keyspaces.size());
  }
}
