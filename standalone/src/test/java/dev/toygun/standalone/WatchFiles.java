package dev.toygun.standalone;

import java.io.IOException;
import java.util.List;

/** The files that Prometheus and Grafana read. */
final class WatchFiles {
  static final String ALERTS = "deploy/prometheus/alerts.yml";
  static final String DASHBOARD = "deploy/grafana/dashboards/toygun.json";

  private WatchFiles() {}

  /** An alert of Prometheus. */
  record Alert(String name, String expression, Tree rule) {
    /** What is said of it. */
    String texts() {
      return rule.at("annotations").text();
    }

    String runbook() {
      return rule.at("annotations", "runbook").text();
    }
  }

  static List<Alert> alerts() throws IOException {
    return Tree.read(ALERTS).at("groups").items().stream()
        .flatMap(group -> group.at("rules").items().stream())
        .map(rule -> new Alert(rule.at("alert").text(), rule.at("expr").text(), rule))
        .toList();
  }
}
