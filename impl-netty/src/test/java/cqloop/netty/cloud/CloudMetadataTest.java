package cqloop.netty.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CloudBundleFailed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a metadata service may say. */
class CloudMetadataTest {

  private static final String ID = "4ac06655-f861-49f9-881e-3fee22e69b94";

  @Test
  void readsProxyDatacenterAndNodes() {
    CloudMetadata metadata = read(answer(info()));
    assertThat(metadata.proxyHost()).isEqualTo("proxy.example.com");
    assertThat(metadata.proxyPort()).isEqualTo(29042);
    assertThat(metadata.datacenter()).isEqualTo("dc1");
    assertThat(metadata.hostIds()).containsExactly(UUID.fromString(ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"contact_info\":7}", "<html></html>"})
  void answerOfAnotherShape(String body) {
    assertThatThrownBy(() -> read(Buffer.buffer(body)))
        .isInstanceOf(CloudBundleFailed.class)
        .hasMessageContaining("Metadata service meta:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "local_dc", "sni_proxy_address", "contact_points"})
  void answerWithoutAPart(String part) {
    JsonObject info = info();
    info.remove(part);
    assertThatThrownBy(() -> read(answer(info)))
        .isInstanceOf(CloudBundleFailed.class)
        .hasMessageContaining("'" + part + "'");
    assertThatThrownBy(() -> read(answer(info.put(part, 7)))).isInstanceOf(CloudBundleFailed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "type,direct",
    "sni_proxy_address,host",
    "sni_proxy_address,host:0",
    "sni_proxy_address,:1",
    "sni_proxy_address,host:x",
    "sni_proxy_address,host:65536"
  })
  void valuesThatCannotBe(String part, String value) {
    assertThatThrownBy(() -> read(answer(info().put(part, value))))
        .isInstanceOf(CloudBundleFailed.class)
        .hasMessageContaining("'" + value + "'");
  }

  @Test
  void idsThatAreNone() {
    for (JsonArray ids :
        new JsonArray[] {
          new JsonArray(),
          new JsonArray().add("x"),
          new JsonArray().addNull(),
          new JsonArray().add(7)
        }) {
      assertThatThrownBy(() -> read(answer(info().put("contact_points", ids))))
          .isInstanceOf(CloudBundleFailed.class)
          .hasMessageContaining("'contact_points'");
    }
  }

  private static JsonObject info() {
    return new JsonObject()
        .put("type", "sni_proxy")
        .put("local_dc", "dc1")
        .put("sni_proxy_address", "proxy.example.com:29042")
        .put("contact_points", new JsonArray().add(ID));
  }

  private static Buffer answer(JsonObject info) {
    return new JsonObject().put("version", 1).put("contact_info", info).toBuffer();
  }

  private static CloudMetadata read(Buffer body) {
    return CloudMetadata.read("meta:1", body);
  }
}
