package cqloop.netty.it;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsPtrRecord;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Any thread. A scripted name server on loopback: records that may change, or silence. */
final class DnsServer implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final Channel channel;
  private volatile boolean silent;

  DnsServer() {
    channel =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel created) {
                    created
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answers());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Options of a Vert.x that asks this server and forgets what it was told. */
  VertxOptions vertxOptions() {
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setAddressResolverOptions(
            new AddressResolverOptions()
                .addServer("127.0.0.1:" + port)
                .setCacheMaxTimeToLive(0)
                .setSearchDomains(List.of()));
  }

  /** The addresses of a name, IPv4 and IPv6; none takes the name away. */
  void setAddresses(String name, String... literals) {
    addresses.put(name + ".", List.of(literals));
  }

  /** The name of an IPv4 address. */
  void setName(String literal, String name) {
    String[] parts = literal.split("\\.");
    names.put(
        "%s.%s.%s.%s.in-addr.arpa.".formatted(parts[3], parts[2], parts[1], parts[0]), name + ".");
  }

  /** Answers no more, or again. */
  void setSilent(boolean silence) {
    silent = silence;
  }

  int questions() {
    return questions.get();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
      questions.incrementAndGet();
      if (silent) {
        return;
      }
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      DatagramDnsResponse response =
          new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(
          DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
      String host = names.get(question.name());
      if (question.type().equals(DnsRecordType.PTR) && host != null) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsPtrRecord(question.name(), DnsRecord.CLASS_IN, 60, host));
      }
      List<String> known = addresses.getOrDefault(question.name(), List.of());
      for (String literal : known) {
        DnsRecordType type =
            NetUtil.isValidIpV4Address(literal) ? DnsRecordType.A : DnsRecordType.AAAA;
        if (question.type().equals(type)) {
          ByteBuf bytes =
              Unpooled.wrappedBuffer(NetUtil.createByteArrayFromIpAddressString(literal));
          response.addRecord(
              DnsSection.ANSWER, new DefaultDnsRawRecord(question.name(), type, 60, bytes));
        }
      }
      if (known.isEmpty() && host == null) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      }
      context.writeAndFlush(response);
    }
  }
}
