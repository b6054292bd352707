package cqloop.testkit.node;

/** Commands on the running server, for the control loop and for comment commands alike. */
final class ServerControl {
  private ServerControl() {}

  static String run(String name, String argument) throws Exception {
    switch (name) {
      case "ping":
        return "pong";
      case "decommission":
        return ServerCalls.decommission();
      case "inject":
        return Injections.add(argument);
      case "clear_injections":
        return Injections.clear();
      case "evict":
        return ServerCalls.evictPreparedStatements();
      case "restart_native":
        return ServerCalls.restartNativeTransport(
            argument.isEmpty() ? 0 : Long.parseLong(argument));
      default:
        throw new IllegalArgumentException(
            "unknown command '"
                + name
                + "'; known: ping, decommission, evict, restart_native, inject, clear_injections");
    }
  }
}
