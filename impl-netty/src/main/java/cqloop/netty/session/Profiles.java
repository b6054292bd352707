package cqloop.netty.session;

import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.error.ProfileNotFound;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.message.QueryParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. The execution profiles of a session, resolved once: the default one first. */
final class Profiles {

  /** Rows per page of streams that set no size. Rules 2.38. */
  private static final int STREAM_PAGE_SIZE = 5000;

  private static final int DEFAULT_MAX_ATTEMPTS = 10; // Rules 2.10.

  /**
   * Value. A profile with the policies that it names.
   *
   * @param settings what it sets
   * @param options what it was made of, with what it leaves open taken from the default profile
   */
  record Profile(ProfileSettings settings, ProfileOptions options) {}

  private final CqlOptions options;
  private final List<Profile> all = new ArrayList<>();
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  Profiles(CqlOptions options) {
    this.options = options;
    add(options, CqlOptions.DEFAULT_PROFILE);
    for (String name : options.getProfiles().keySet()) {
      if (!name.equals(CqlOptions.DEFAULT_PROFILE)) {
        add(options, name);
      }
    }
  }

  /** Returns the options that they were resolved from. */
  CqlOptions options() {
    return options;
  }

  List<Profile> all() {
    return all;
  }

  ProfileSettings settings(int index) {
    return all.get(index).settings();
  }

  /**
   * Returns the place of a profile.
   *
   * @throws ProfileNotFound when there is none of this name
   */
  int indexOf(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new ProfileNotFound(name, indices.keySet());
    }
    return index;
  }

  private void add(CqlOptions options, String name) {
    ProfileOptions effective = options.effectiveProfile(name);
    Profile profile = new Profile(settings(name, all.size(), effective), effective);
    indices.put(name, all.size());
    all.add(profile);
  }

  /** Returns a profile with what a statement changes of it. */
  Profile derived(ProfileSettings base, ProfileOptions own) {
    ProfileOptions effective = own.over(all.get(base.index()).options());
    return new Profile(settings(base.name(), base.index(), effective), effective);
  }

  private static ProfileSettings settings(String name, int index, ProfileOptions effective) {
    Consistency consistency = effective.getConsistency();
    Integer maxAttempts = effective.getMaxAttempts();
    Integer pageSize = effective.getPageSize();
    QueryParameters parameters =
        new QueryParameters(
            consistency == null ? Consistency.LOCAL_ONE : consistency,
            sent(effective.getSerialConsistency()),
            pageSize == null ? 0 : pageSize,
            null,
            null,
            QueryParameters.SERVER_TIME);
    return new ProfileSettings(
        name,
        index,
        parameters,
        Boolean.TRUE.equals(effective.getIdempotent()),
        nanos(effective.getRequestTimeout()),
        nanos(effective.getAttemptTimeout()),
        maxAttempts == null ? DEFAULT_MAX_ATTEMPTS : maxAttempts,
        Boolean.TRUE.equals(effective.getTracing()),
        streamPageSize(pageSize));
  }

  /** Returns how many rows a page of a stream has for this setting. */
  static int streamPageSize(@Nullable Integer pageSize) {
    return pageSize == null || pageSize <= 0 ? STREAM_PAGE_SIZE : pageSize;
  }

  static PolicyOptions orElse(@Nullable PolicyOptions named, String fallback) {
    return named == null ? new PolicyOptions(fallback) : named;
  }

  /** ANY stands for the server's default, which is not sent: no server takes it as serial. */
  private static @Nullable Consistency sent(@Nullable Consistency serial) {
    return serial == Consistency.ANY ? null : serial;
  }

  private static long nanos(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos();
  }
}
