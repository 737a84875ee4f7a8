package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.ApiService;
import dev.toygun.clock.ClockService;
import dev.toygun.service.Config;
import dev.toygun.service.HealthServer;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Metrics;
import dev.toygun.service.Readiness;
import dev.toygun.worker.WorkerService;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests fit what they run. */
class KubernetesTest {
  private static final String FOLDER = "deploy/kubernetes";
  private static final String KUSTOMIZATION = "kustomization.yaml";

  /** For whoever gives the autoscaler its figure, and not for Kubernetes. */
  private static final String ADAPTER = FOLDER + "/prometheus-adapter.yaml";

  private static final Duration SOON = Duration.ofSeconds(20);

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(Pages.ROOT.resolve(FOLDER))) {
      return files
          .map(file -> Pages.ROOT.relativize(file).toString())
          .filter(file -> file.endsWith(".yaml") && !file.equals(ADAPTER))
          .toList();
    }
  }

  private static List<Tree> parts() throws IOException {
    List<Tree> parts = new ArrayList<>();
    for (String file : files()) {
      if (!file.endsWith(KUSTOMIZATION)) {
        parts.addAll(Tree.readAll(file));
      }
    }
    return parts;
  }

  private static List<Tree> parts(String kind) throws IOException {
    return parts().stream().filter(part -> part.at("kind").text().equals(kind)).toList();
  }

  private static String name(Tree part) {
    return part.at("metadata", "name").text();
  }

  /** What runs pods: the services, and the job that migrates. */
  private static List<Tree> workloads() throws IOException {
    List<Tree> workloads = new ArrayList<>(parts("Deployment"));
    workloads.addAll(parts("Job"));
    assertThat(workloads).hasSize(4);
    return workloads;
  }

  private static Tree pod(Tree workload) {
    return workload.at("spec", "template", "spec");
  }

  private static Tree container(Tree workload) {
    List<Tree> containers = pod(workload).at("containers").items();
    assertThat(containers).as(name(workload)).hasSize(1);
    return containers.get(0);
  }

  private static Map<String, String> settings() throws IOException {
    Tree data = parts("ConfigMap").get(0).at("data");
    Map<String, String> settings = new HashMap<>();
    data.keys().forEach(key -> settings.put(key, data.at(key).text()));
    return settings;
  }

  @Test
  void everyFileIsAppliedAndNothingIsSaidTwice() throws Exception {
    for (String file : files()) {
      Path path = Path.of(file);
      String folder = String.valueOf(path.getParent());
      if (file.endsWith(KUSTOMIZATION)) {
        for (String resource : Tree.read(file).at("resources").texts()) {
          assertThat(Pages.ROOT.resolve(folder).resolve(resource)).exists();
        }
      } else {
        assertThat(Tree.read(folder + "/" + KUSTOMIZATION).at("resources").texts())
            .contains(String.valueOf(path.getFileName()));
      }
    }
    Set<String> named = new HashSet<>();
    for (Tree part : parts()) {
      assertThat(part.at("apiVersion").text()).isNotBlank();
      assertThat(named.add(part.at("kind").text() + " " + name(part))).as(name(part)).isTrue();
    }
  }

  @Test
  void everySettingIsDocumentedAndReadsWell(@TempDir Path scratch) throws Exception {
    Config config = Deployed.read(settings(), scratch);
    for (Tree workload : workloads()) {
      Tree container = container(workload);
      assertThat(container.at("envFrom").items().get(0).at("configMapRef", "name").text())
          .isEqualTo(name(parts("ConfigMap").get(0)));
      assertThat(container.at("env").isEmpty()).as("no other settings").isTrue();
      // A Service named toygun-api would else be told to pods as TOYGUN_API_….
      assertThat(pod(workload).at("enableServiceLinks").text()).isEqualTo("false");
      if (!workload.at("kind").text().equals("Job")) {
        assertThat(Duration.ofSeconds(seconds(pod(workload).at("terminationGracePeriodSeconds"))))
            .isGreaterThan(config.get(Keys.DRAIN).plusSeconds(30));
      }
    }
  }

  private static long seconds(Tree value) {
    return Long.parseLong(value.text());
  }

  @Test
  void secretsAreFilesWhereTheSettingsSay() throws Exception {
    for (Tree workload : workloads()) {
      Tree volume = named(pod(workload).at("volumes"), "secrets");
      Tree mount = named(container(workload).at("volumeMounts"), "secrets");
      assertThat(mount.at("readOnly").text()).isEqualTo("true");
      List<String> files =
          volume.at("secret", "items").items().stream()
              .map(item -> mount.at("mountPath").text() + "/" + item.at("path").text())
              .toList();
      assertThat(settings().entrySet().stream().filter(s -> s.getKey().endsWith("_FILE")))
          .extracting(Map.Entry::getValue)
          .as(name(workload))
          .containsExactlyInAnyOrderElementsOf(files);
    }
    assertThat(parts("Secret")).as("none is in this tree").isEmpty();
  }

  private static Tree named(Tree all, String name) {
    return all.items().stream()
        .filter(one -> one.at("name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoHasMoreSecretsFindsAPlaceForThemInEachPod() throws Exception {
    String page = Files.readString(Pages.ROOT.resolve("deploy/README.md"));
    for (Tree workload : workloads()) {
      Tree secret = named(pod(workload).at("volumes"), "more-secrets").at("secret");
      assertThat(secret.at("optional").text()).isEqualTo("true");
      assertThat(page).contains("create secret generic " + secret.at("secretName").text());
      Tree mount = named(container(workload).at("volumeMounts"), "more-secrets");
      assertThat(mount.at("readOnly").text()).isEqualTo("true");
      assertThat(page)
          .contains("sslrootcert=" + mount.at("mountPath").text() + "/authorities.pem")
          .contains("TOYGUN_LAST_RESORT_FILE: " + mount.at("mountPath").text() + "/last_resort");
    }
  }

  @Test
  void eachServiceIsRunByItsName() throws Exception {
    List<String> words = new ArrayList<>();
    for (Tree workload : workloads()) {
      List<String> args = container(workload).at("args").texts();
      assertThat(args).hasSize(1);
      assertThat(name(workload)).isEqualTo("toygun-" + args.get(0));
      assertThat(container(workload).at("image").text()).isEqualTo("toygun");
      assertThat(workload.at("spec", "template", "metadata", "labels", "service").text())
          .isEqualTo(args.get(0));
      words.addAll(args);
    }
    assertThat(words)
        .containsExactlyInAnyOrder(
            new ClockService().name(),
            new WorkerService().name(),
            new ApiService().name(),
            "migrate");
  }

  @Test
  void probesAskAtPortsAndPathsThatAnswer(@TempDir Path scratch) throws Exception {
    Config config = Deployed.read(settings(), scratch);
    Vertx vertx = Vertx.vertx();
    try {
      HealthServer window =
          Launcher.wait(
              HealthServer.listen(vertx, "127.0.0.1", 0, new Readiness(), Metrics.registry("test")),
              SOON);
      Tree api = Tree.read("api-service/src/main/resources/openapi.yaml").at("paths");
      for (Tree workload : parts("Deployment")) {
        Map<String, Long> ports = new HashMap<>();
        for (Tree port : container(workload).at("ports").items()) {
          ports.put(port.at("name").text(), seconds(port.at("containerPort")));
        }
        assertThat(ports).containsEntry("metrics", (long) config.get(Keys.METRICS_PORT));
        if (ports.containsKey("http")) {
          assertThat(ports).containsEntry("http", (long) config.get(Keys.PORT));
        }
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
          Tree get = container(workload).at(probe, "httpGet");
          String path = get.at("path").text();
          assertThat(ports).as(probe).containsKey(get.at("port").text());
          if (get.at("port").text().equals("http")) {
            assertThat(api.keys()).contains(path);
          } else {
            assertThat(status(window.port(), path)).as("%s %s", probe, path).isEqualTo(200);
          }
        }
        // What waits for Postgres must not be killed for it.
        assertThat(container(workload).at("livenessProbe", "httpGet", "path").text())
            .isEqualTo("/health");
        Tree notes = workload.at("spec", "template", "metadata", "annotations");
        assertThat(notes.at("prometheus.io/port").text())
            .isEqualTo(String.valueOf(config.get(Keys.METRICS_PORT)));
        assertThat(status(window.port(), notes.at("prometheus.io/path").text())).isEqualTo(200);
      }
    } finally {
      Launcher.wait(vertx.close(), SOON);
    }
  }

  private static int status(int port, String path) throws IOException {
    HttpURLConnection call =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    return call.getResponseCode();
  }

  @Test
  void podsMayDoNothingThatTheyDoNotNeed() throws Exception {
    for (Tree workload : workloads()) {
      Tree pod = pod(workload);
      assertThat(pod.at("automountServiceAccountToken").text()).isEqualTo("false");
      assertThat(pod.at("securityContext", "runAsNonRoot").text()).isEqualTo("true");
      assertThat(pod.at("securityContext", "seccompProfile", "type").text())
          .isEqualTo("RuntimeDefault");
      Tree container = container(workload);
      Tree rights = container.at("securityContext");
      assertThat(rights.at("readOnlyRootFilesystem").text()).isEqualTo("true");
      assertThat(rights.at("allowPrivilegeEscalation").text()).isEqualTo("false");
      assertThat(rights.at("capabilities", "drop").texts()).containsExactly("ALL");
      for (String kind : List.of("requests", "limits")) {
        assertThat(container.at("resources", kind, "memory").text()).as(kind).isNotBlank();
      }
    }
  }

  @Test
  void budgetsServicesAndTheAutoscalerFindTheirPods() throws Exception {
    Map<String, Tree> deployments = new HashMap<>();
    parts("Deployment").forEach(one -> deployments.put(name(one), one.at("metadata", "labels")));
    for (Tree budget : parts("PodDisruptionBudget")) {
      assertThat(budget.at("spec", "selector", "matchLabels"))
          .isEqualTo(deployments.get(name(budget)));
    }
    assertThat(parts("PodDisruptionBudget")).hasSameSizeAs(deployments.keySet());
    for (Tree service : parts("Service")) {
      assertThat(service.at("spec", "selector")).isEqualTo(deployments.get(name(service)));
    }
    Tree scaler = parts("HorizontalPodAutoscaler").get(0).at("spec");
    assertThat(deployments).containsKey(scaler.at("scaleTargetRef", "name").text());
    String figure = scaler.at("metrics").items().get(0).at("external", "metric", "name").text();
    assertThat(Pages.text("docs/operations.md")).contains("`" + figure + "{queue,type}`");
    Tree rule = Tree.read(ADAPTER).at("rules", "external").items().get(0);
    assertThat(rule.at("seriesQuery").text()).isEqualTo(figure);
    assertThat(rule.at("metricsQuery").text()).contains(figure + "{");
  }
}
