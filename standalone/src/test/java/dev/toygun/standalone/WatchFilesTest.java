package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Keys;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prometheus and Grafana find each other, and are found by nobody else. */
class WatchFilesTest {
  private static final String COMPOSE = "docker-compose.yml";
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning");

  @Test
  void everyAlertSaysHowBadItIsAndWhereItSaysWhatToDo() throws Exception {
    Set<String> places = Pages.places("docs/operations.md");
    List<String> names = new ArrayList<>();
    for (WatchFiles.Alert alert : WatchFiles.alerts()) {
      names.add(alert.name());
      assertThat(alert.name()).startsWith("Toygun");
      assertThat(alert.rule().at("annotations", "summary").text()).as(alert.name()).isNotBlank();
      String severity = alert.rule().at("labels", "severity").text();
      boolean saysItself = Query.of(alert.expression()).by().contains("severity");
      assertThat(saysItself || SEVERITIES.contains(severity)).as(alert.name()).isTrue();
      assertThat(alert.runbook()).as(alert.name()).startsWith("docs/operations.md#");
      assertThat(places).as(alert.name()).contains(alert.runbook().split("#", 2)[1]);
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void prometheusAsksTheServicesOfTheComposeFileAtTheirPort() throws Exception {
    Tree services = Tree.read(COMPOSE).at("services");
    List<String> asked = new ArrayList<>();
    Tree config = Tree.read("deploy/prometheus/prometheus.yml");
    for (Tree job : config.at("scrape_configs").items()) {
      for (Tree found : job.at("dns_sd_configs").items()) {
        asked.addAll(found.at("names").texts());
        assertThat(found.at("port").text()).isEqualTo(Keys.METRICS_PORT.standard());
      }
      assertThat(job.at("job_name").text()).startsWith("toygun");
    }
    assertThat(asked).containsExactly("clock", "worker", "api");
    assertThat(services.keys()).containsAll(asked);
    for (String file : config.at("rule_files").texts()) {
      assertThat(Pages.ROOT.resolve("deploy/prometheus").resolve(file)).exists();
    }
  }

  @Test
  void prometheusAndGrafanaComeOnlyWhenAskedForAndListenToThisMachineOnly() throws Exception {
    for (String name : List.of("prometheus", "grafana")) {
      Tree service = Tree.read(COMPOSE).at("services", name);
      assertThat(service.at("profiles").texts()).as(name).containsExactly("watch");
      assertThat(service.at("ports").texts())
          .as(name)
          .isNotEmpty()
          .allMatch(port -> port.startsWith("127.0.0.1:"));
      for (String volume : service.at("volumes").texts()) {
        if (volume.startsWith("./")) {
          assertThat(Pages.ROOT.resolve(volume.split(":", 2)[0])).exists();
          assertThat(volume).endsWith(":ro");
        }
      }
    }
  }

  @Test
  void grafanasPasswordIsNoDefaultAndInNoFileOfThisTree() throws Exception {
    Tree compose = Tree.read(COMPOSE);
    Tree environment = compose.at("services", "grafana", "environment");
    assertThat(environment.keys().stream().filter(name -> name.contains("PASSWORD")))
        .containsExactly("GF_SECURITY_ADMIN_PASSWORD__FILE");
    String file = compose.at("secrets", "grafana_password", "file").text();
    assertThat(file).startsWith("deploy/secrets/");
    assertThat(Pages.text("deploy/make-secrets"))
        .contains("> secrets.new/" + file.substring("deploy/secrets/".length()));
  }

  @Test
  void theDashboardIsWhereGrafanaLooksForItAndAsksThatPrometheus() throws Exception {
    String looked =
        Tree.read("deploy/grafana/provisioning/dashboards/toygun.yml")
            .at("providers")
            .items()
            .get(0)
            .at("options", "path")
            .text();
    Tree grafana = Tree.read(COMPOSE).at("services", "grafana");
    assertThat(grafana.at("volumes").texts())
        .contains(
            "./deploy/grafana/dashboards:" + looked + ":ro",
            "./deploy/grafana/provisioning:/etc/grafana/provisioning:ro");
    Tree source =
        Tree.read("deploy/grafana/provisioning/datasources/prometheus.yml")
            .at("datasources")
            .items()
            .get(0);
    assertThat(source.at("url").text()).isEqualTo("http://prometheus:9090");
    JsonObject dashboard = new JsonObject(Pages.text(WatchFiles.DASHBOARD));
    assertThat(dashboard.getString("title")).isEqualTo("Toygun");
    List<Integer> ids = new ArrayList<>();
    dashboard.getJsonArray("panels").forEach(one -> ids.add(((JsonObject) one).getInteger("id")));
    assertThat(ids).doesNotHaveDuplicates();
  }
}
