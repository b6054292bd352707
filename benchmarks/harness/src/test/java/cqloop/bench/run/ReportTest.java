package cqloop.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private final Samples samples = new Samples();

  @BeforeEach
  void measure() {
    add("raw-decode", 1, 0.25, 64);
    add("apache", 1, 5.0, 3400);
    add("apache", 2, 9.0, 3500);
    add("apache", 3, 6.0, 3600);
  }

  @Test
  void takesTheMedianOfTheRounds() {
    assertThat(samples.median("v4", "POINT-64", "apache", "cpuMicros")).hasValue(6.0);
    assertThat(samples.median("v4", "POINT-64", "cqloop", "cpuMicros")).isEmpty();
  }

  @Test
  void tableShowsRatiosToApacheAndToTheFloor() {
    assertThat(new Tables(samples).markdown())
        .contains("### v4, POINT-64")
        .contains("| apache | 1000 | 6.000 | 1.00 | 24.00 | 3500 | 1.00 |")
        .contains("| raw-decode | 1000 | 0.250 | 0.04 | 1.00 | 64 | 0.02 |")
        .doesNotContain("scylla");
  }

  @Test
  void plotIsXmlWithOneBarPerClientAndPanel() throws Exception {
    String svg = new SvgPlot(samples).draw();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    NodeList bars = document.getElementsByTagName("rect");
    // Background, and two clients in each of two panels.
    assertThat(bars.getLength()).isEqualTo(5);
    assertThat(document.getDocumentElement().getTextContent()).contains("apache", "3500", "0.250");
  }

  @Test
  void readsTheAnswerOfAClientAndWritesJson() {
    Map<String, Double> figures = Sample.figures("requests=12 cpuMicros=0.50 threadNames=a,b");

    assertThat(new Sample("v4", "POINT-1", "raw", 2, figures).toJson())
        .isEqualTo(
            "{\"variant\":\"v4\",\"job\":\"POINT-1\",\"client\":\"raw\",\"round\":2,"
                + "\"requests\":12.0,\"cpuMicros\":0.5}");
  }

  private void add(String client, int round, double cpuMicros, double bytes) {
    Map<String, Double> figures =
        Map.of("cpuMicros", cpuMicros, "bytes", bytes, "perSecond", 1000.0);
    samples.add(new Sample("v4", "POINT-64", client, round, figures));
  }
}
