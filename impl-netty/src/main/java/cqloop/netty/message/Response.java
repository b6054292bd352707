package cqloop.netty.message;

/** Value. A message of the server. */
public sealed interface Response
    permits AuthChallenge,
        AuthSuccess,
        Authenticate,
        ErrorMessage,
        Event,
        Ready,
        Result,
        Supported {

  /** Returns what came in front of the message. */
  ResponsePrefix prefix();
}
