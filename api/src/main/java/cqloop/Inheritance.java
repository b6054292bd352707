package cqloop;

import cqloop.error.InvalidOptions;
import cqloop.error.ProfileNotFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Value. Resolves what profiles inherit from each other. */
final class Inheritance {

  private Inheritance() {}

  /** Returns a profile with everything that it inherits. */
  static ProfileOptions effective(CqlOptions options, String name) {
    ProfileOptions result = new ProfileOptions();
    Set<String> path = new LinkedHashSet<>();
    @Nullable String next = name;
    while (next != null && !next.equals(CqlOptions.DEFAULT_PROFILE)) {
      if (!path.add(next)) {
        throw new InvalidOptions(
            "ProfileOptions.inherits",
            "profiles inherit in a circle: " + String.join(" from ", path) + " from " + next);
      }
      ProfileOptions profile = find(options, next);
      result = result.over(profile);
      next = profile.getInherits();
    }
    return result.over(options.getDefaultProfile()).over(ProfileOptions.complete());
  }

  /** Returns copies under the same names. */
  static Map<String, ProfileOptions> copyOf(Map<String, ProfileOptions> profiles) {
    Map<String, ProfileOptions> copies = new LinkedHashMap<>();
    profiles.forEach((name, profile) -> copies.put(name, new ProfileOptions(profile)));
    return copies;
  }

  private static ProfileOptions find(CqlOptions options, String name) {
    ProfileOptions profile = options.getProfiles().get(name);
    if (profile == null) {
      List<String> known = new ArrayList<>(options.getProfiles().keySet());
      known.add(CqlOptions.DEFAULT_PROFILE);
      throw new ProfileNotFound(name, known);
    }
    return profile;
  }
}
