/** A user's application: requires the API only, and finds the rest by itself. */
module shop {
  requires cqloop.api;
}
