package cqloop;

import cqloop.error.ProfileNotFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Value. What profiles have from each other. */
final class Inheritance {

  private Inheritance() {}

  /**
   * Returns the profile of this name with everything that it inherits.
   *
   * @throws ProfileNotFound when there is none
   */
  static ProfileOptions effective(CqlOptions options, String name) {
    ProfileOptions base = options.getDefaultProfile().over(ProfileOptions.complete());
    if (name.equals(CqlOptions.DEFAULT_PROFILE)) {
      return base;
    }
    ProfileOptions profile = options.getProfiles().get(name);
    if (profile == null) {
      List<String> known = new ArrayList<>(options.getProfiles().keySet());
      known.add(CqlOptions.DEFAULT_PROFILE);
      throw new ProfileNotFound(name, known);
    }
    return profile.over(base);
  }

  static Map<String, ProfileOptions> copyOf(Map<String, ProfileOptions> profiles) {
    Map<String, ProfileOptions> copies = new LinkedHashMap<>();
    profiles.forEach((name, profile) -> copies.put(name, new ProfileOptions(profile)));
    return copies;
  }
}
