package cqloop.error;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** JSON holds a key that the options do not have. */
public final class UnknownOption extends InvalidOptions {

  private final @Nullable String nearest;

  /**
   * @param options name of the options, for example {@code CqlOptions}
   * @param unknown the key that they do not have
   * @param known the keys that they have
   */
  public UnknownOption(String options, String unknown, Collection<String> known) {
    this(options, unknown, known, NearestName.of(unknown, known));
  }

  private UnknownOption(
      String options, String unknown, Collection<String> known, @Nullable String nearest) {
    super(
        options + "." + unknown,
        "there is no such option"
            + (nearest == null ? "" : ", did you mean '" + nearest + "'?")
            + " Known: "
            + String.join(", ", new TreeSet<>(known)));
    this.nearest = nearest;
  }

  /** Returns the known key that looks most like it, or null when none does. */
  public @Nullable String nearest() {
    return nearest;
  }
}
