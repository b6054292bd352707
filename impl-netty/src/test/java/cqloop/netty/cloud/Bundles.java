package cqloop.netty.cloud;

import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Owned by one test. Writes bundles, whole and otherwise. */
public final class Bundles {

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** A whole bundle. */
  public static Bundles of(TestCertificates authority, TestIdentity client, String host, int port) {
    return new Bundles()
        .with("config.json", new JsonObject().put("host", host).put("port", port).encode())
        .with("ca.crt", authority.authorityPem())
        .with("cert", client.certificatePem())
        .with("key", client.keyPem())
        .with("identity.jks", "of no use here")
        .with("trustStore.jks", "of no use here");
  }

  public Bundles with(String name, String text) {
    return with(name, Buffer.buffer(text).getBytes());
  }

  Bundles with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  Bundles without(String name) {
    files.remove(name);
    return this;
  }

  public Buffer zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
