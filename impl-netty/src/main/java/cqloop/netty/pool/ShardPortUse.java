package cqloop.netty.pool;

import cqloop.netty.message.ShardInfo;

/** Value. Which of the shard-aware ports of a ScyllaDB node connections may be made at. */
public enum ShardPortUse {
  /** None: it is switched off, or the nodes are behind a proxy or an address translator. */
  NONE {
    @Override
    int portOf(ShardInfo info) {
      return 0;
    }
  },

  /** The one for plain text. */
  PLAIN {
    @Override
    int portOf(ShardInfo info) {
      return info.port();
    }
  },

  /** The one for TLS; never the other: nothing of a session with TLS goes out in clear text. */
  TLS {
    @Override
    int portOf(ShardInfo info) {
      return info.tlsPort();
    }
  };

  /** Returns the port of a node, or 0 when there is none to be used. */
  abstract int portOf(ShardInfo info);
}
