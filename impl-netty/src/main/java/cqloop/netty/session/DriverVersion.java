package cqloop.netty.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Value. The version of this driver, as its build wrote it down. */
final class DriverVersion {

  private static final String RESOURCE = "driver.properties";
  private static final String VERSION = read();

  private DriverVersion() {}

  static String get() {
    return VERSION;
  }

  private static String read() {
    try (InputStream in = DriverVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The driver's jar lacks " + RESOURCE);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
