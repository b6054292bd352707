package cqloop.testkit.scylla;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RequestBody;
import cqloop.testkit.fake.WireValue;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Where the executions of prepared statements come in, and what follows from that. */
final class Executions {
  private static final String TABLET_PAYLOAD = "tablets-routing-v1";

  private final FrontState state;

  Executions(FrontState state) {
    this.state = state;
  }

  Verdict execute(Frame request, RequestBody.Execute execute, FrontConnection connection) {
    KnownStatement statement = state.statement(HexFormat.of().formatHex(execute.id()));
    boolean conditional = statement != null && statement.isConditional();
    return MetadataIds.adapt(place(request, execute, connection), execute, conditional);
  }

  private Verdict place(Frame request, RequestBody.Execute execute, FrontConnection connection) {
    Arrival arrival = arrival(execute.id(), execute.parameters().values(), connection.shard());
    if (arrival == null) {
      state.countUnknown();
      return Verdict.pass(request);
    }
    state.count(arrival);
    if (state.plan().rateLimit().test(arrival)) {
      state.countRefusal();
      return RequestDesk.refuse(request, limit(arrival, connection));
    }
    Tablet tablet = state.tablet(arrival.statement(), arrival.token());
    if (tablet == null
        || arrival.isHit()
        || !connection.extensions().contains(SupportedOptions.TABLETS)) {
      return Verdict.pass(request);
    }
    return Verdict.pass(request, answer -> tell(tablet, answer));
  }

  void batch(RequestBody.Batch batch, int shard) {
    for (RequestBody.BatchChild child : batch.children()) {
      byte[] id = child.id();
      Arrival arrival = id == null ? null : arrival(id, child.values(), shard);
      if (arrival == null) {
        state.countUnknown();
      } else {
        state.count(arrival);
      }
    }
  }

  private @Nullable Arrival arrival(byte[] id, List<WireValue> values, int shard) {
    KnownStatement statement = state.statement(HexFormat.of().formatHex(id));
    byte[] key = statement == null ? null : PartitionKeys.of(statement, values);
    if (statement == null || key == null) {
      return null;
    }
    NodeFacts facts = state.facts();
    long token = facts.tokens().of(key);
    Tablet tablet = state.tablet(statement, token);
    if (tablet == null) {
      int own = state.plan().sharder().shardOf(token);
      return new Arrival(statement, values, token, shard, own, facts.owns(token));
    }
    int own = tablet.shardAt(facts.hostId());
    return new Arrival(statement, values, token, shard, own, own >= 0);
  }

  private static Reply limit(Arrival arrival, FrontConnection connection) {
    // The code is only for clients that asked for it; protocol-extensions.md, rate limit error.
    return connection.extensions().contains(SupportedOptions.RATE_LIMIT)
        ? Errors.rateLimit(
            SupportedOptions.RATE_LIMIT_CODE, arrival.statement().isWrite(), arrival.isHit())
        : Errors.error(Errors.CONFIG_ERROR, "Per-partition rate limit reached");
  }

  private Frame tell(Tablet tablet, Frame answer) {
    if (answer.opcode() != Opcode.RESULT) {
      return answer;
    }
    state.countPayload();
    return AnswerBlocks.of(answer).with(TABLET_PAYLOAD, tablet.toPayload()).toFrame(answer);
  }
}
