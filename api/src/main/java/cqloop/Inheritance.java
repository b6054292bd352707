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

  /** Returns a copy of a profile in which the other gives what it leaves to inherit. */
  static ProfileOptions merge(ProfileOptions own, ProfileOptions base) {
    ProfileOptions from = new ProfileOptions(base);
    ProfileOptions to = new ProfileOptions(own);
    return to.setInherits(either(to.getInherits(), from.getInherits()))
        .setRequestTimeout(either(to.getRequestTimeout(), from.getRequestTimeout()))
        .setAttemptTimeout(either(to.getAttemptTimeout(), from.getAttemptTimeout()))
        .setConsistency(either(to.getConsistency(), from.getConsistency()))
        .setSerialConsistency(either(to.getSerialConsistency(), from.getSerialConsistency()))
        .setPageSize(either(to.getPageSize(), from.getPageSize()))
        .setIdempotent(either(to.getIdempotent(), from.getIdempotent()))
        .setTracing(either(to.getTracing(), from.getTracing()))
        .setMaxAttempts(either(to.getMaxAttempts(), from.getMaxAttempts()))
        .setLoadBalancing(either(to.getLoadBalancing(), from.getLoadBalancing()))
        .setAllowHosts(either(to.getAllowHosts(), from.getAllowHosts()))
        .setDenyHosts(either(to.getDenyHosts(), from.getDenyHosts()))
        .setAllowDatacenters(either(to.getAllowDatacenters(), from.getAllowDatacenters()))
        .setDenyDatacenters(either(to.getDenyDatacenters(), from.getDenyDatacenters()))
        .setRetry(either(to.getRetry(), from.getRetry()))
        .setSpeculativeExecution(
            either(to.getSpeculativeExecution(), from.getSpeculativeExecution()));
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

  private static <T> @Nullable T either(@Nullable T own, @Nullable T inherited) {
    return own == null ? inherited : own;
  }
}
