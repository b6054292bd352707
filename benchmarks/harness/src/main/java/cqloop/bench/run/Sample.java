package cqloop.bench.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Value. One measurement.
 *
 * @param variant label of the variant
 * @param job what was run, for example {@code POINT-1024}
 * @param client label of the client
 * @param round number of the round, from 1
 * @param figures the figures by name
 */
record Sample(String variant, String job, String client, int round, Map<String, Double> figures) {

  /** Reads {@code name=value} pairs; values that are no numbers are left out. */
  static Map<String, Double> figures(String answer) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String pair : answer.split(" ")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.matches("\\w+=-?[0-9.]+")) {
        figures.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
      }
    }
    return figures;
  }

  /** One line of JSON. */
  String toJson() {
    StringBuilder json = new StringBuilder();
    json.append(
        String.format(
            Locale.ROOT,
            "{\"variant\":\"%s\",\"job\":\"%s\",\"client\":\"%s\",\"round\":%d",
            variant,
            job,
            client,
            round));
    figures.forEach(
        (name, value) -> json.append(String.format(Locale.ROOT, ",\"%s\":%s", name, value)));
    return json.append('}').toString();
  }
}
