package dev.toygun.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.ApiService;
import dev.toygun.clock.ClockService;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.time.Stopwatch;
import dev.toygun.worker.WorkerService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever alerts, the dashboard and the docs say of figures, services that run export it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern DOCUMENTED = Pattern.compile("`(toygun_\\w+)(?:\\{([a-z_,]+)})?`");
  private static final Pattern IN_TEMPLATE = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?(\\w+) ?}}");

  /** Prometheus itself gives these. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private final Path folder;
  private final Map<String, Map<String, Set<String>>> exported = new HashMap<>();

  FiguresTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void look() throws Exception {
    Map<String, String> settings = Map.of("TOYGUN_PORT", "0", "TOYGUN_METRICS_PORT", "0");
    try (DataFolder data = DataFolder.open(folder.resolve("data"));
        Standalone all =
            Standalone.start(
                data,
                Config.read(settings, List.of()),
                Ground.Queues.IN_PROCESS,
                Standalone.Crew.CLOCK_WORKER_AND_API)) {
      assertThat(makeAnEcho(all)).isEqualTo(201);
      Stopwatch watch = Stopwatch.start();
      while (!exported.keySet().containsAll(late()) && watch.elapsed().compareTo(SOON) < 0) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        read(all.ground().metrics().scrape());
      }
    }
    assertThat(exported).containsKeys(late().toArray(String[]::new));
    // Each service says its own name where it is a process of its own.
    Set<String> services =
        Set.of(new ClockService().name(), new WorkerService().name(), new ApiService().name());
    exported
        .values()
        .forEach(
            labels -> labels.computeIfAbsent("service", label -> new HashSet<>()).addAll(services));
  }

  /** What is there only once something has happened. */
  private static List<String> late() {
    return List.of(
        "toygun_tick_seconds_count",
        "toygun_http_seconds_count",
        "toygun_queue_depth",
        "toygun_queue_oldest_seconds",
        "toygun_polls_skipped_total",
        "toygun_clock_errors_total");
  }

  private static int makeAnEcho(Standalone all) throws Exception {
    HttpURLConnection call =
        (HttpURLConnection) URI.create(all.url() + "/v1/resources/echo").toURL().openConnection();
    call.setDoOutput(true);
    call.setRequestProperty("Authorization", "Bearer " + all.apiKey());
    call.setRequestProperty("Content-Type", "application/json");
    try (var body = call.getOutputStream()) {
      body.write("{\"label\":\"hello\",\"fields\":{\"text\":\"Hello.\"}}".getBytes(UTF_8));
    }
    return call.getResponseCode();
  }

  private void read(String scraped) {
    Matcher samples = SAMPLE.matcher(scraped);
    while (samples.find()) {
      Map<String, Set<String>> labels =
          exported.computeIfAbsent(samples.group(1), name -> new HashMap<>());
      Matcher pairs = LABEL.matcher(samples.group(2) == null ? "" : samples.group(2));
      while (pairs.find()) {
        labels.computeIfAbsent(pairs.group(1), label -> new HashSet<>()).add(pairs.group(2));
      }
    }
  }

  @Test
  void everyAlertAsksForWhatIsThere() throws Exception {
    List<WatchFiles.Alert> alerts = WatchFiles.alerts();
    assertThat(alerts).hasSizeGreaterThan(10);
    for (WatchFiles.Alert alert : alerts) {
      Query query = Query.of(alert.expression());
      isThere(alert.name(), query);
      isGiven(alert.name(), query, alert.texts());
    }
  }

  @Test
  void everyPanelAsksForWhatIsThere() throws Exception {
    JsonArray panels = new JsonObject(Pages.text(WatchFiles.DASHBOARD)).getJsonArray("panels");
    int asked = 0;
    for (Object one : panels) {
      JsonObject panel = (JsonObject) one;
      for (Object target : panel.getJsonArray("targets", new JsonArray())) {
        asked++;
        Query query = Query.of(((JsonObject) target).getString("expr"));
        isThere(panel.getString("title"), query);
        isGiven(panel.getString("title"), query, ((JsonObject) target).getString("legendFormat"));
      }
    }
    assertThat(asked).isGreaterThan(20);
  }

  private void isThere(String who, Query query) {
    assertThat(query.selectors()).as(who).isNotEmpty();
    assertThat(query.unknown()).as("%s: %s", who, query.text()).isEmpty();
    for (Query.Selector selector : query.selectors()) {
      if (selector.figure().equals("up")) {
        continue;
      }
      assertThat(exported).as(who).containsKey(selector.figure());
      Map<String, Set<String>> labels = labelsOf(selector.figure());
      Set<String> grouped = new TreeSet<>(query.by());
      grouped.removeAll(OF_PROMETHEUS);
      assertThat(labels.keySet()).as("%s: %s", who, query.text()).containsAll(grouped);
      selector
          .labels()
          .forEach(
              (label, values) -> {
                assertThat(labels).as("%s: %s", who, query.text()).containsKey(label);
                if (!values.contains("5..")) { // No answer of here is one of these.
                  assertThat(labels.getOrDefault(label, Set.of()))
                      .as("%s: %s", who, label)
                      .containsAll(values);
                }
              });
    }
  }

  private Map<String, Set<String>> labelsOf(String figure) {
    return exported.getOrDefault(figure, Map.of());
  }

  /** The labels that a text is filled in with are those that its expression leaves. */
  private void isGiven(String who, Query query, String text) {
    Set<String> left = new HashSet<>(query.by());
    if (!query.text().matches("(?s).*\\b(sum|max|avg|count)\\b.*")) {
      left.addAll(OF_PROMETHEUS);
      query.selectors().forEach(selector -> left.addAll(labelsOf(selector.figure()).keySet()));
    }
    assertThat(left).as("%s: %s", who, text).containsAll(Pages.found(IN_TEMPLATE, text));
  }

  @Test
  void everyFigureIsExplainedWithItsLabels() throws Exception {
    Map<String, Set<String>> explained = new HashMap<>();
    Matcher figures = DOCUMENTED.matcher(Pages.text("docs/operations.md"));
    while (figures.find()) {
      Set<String> labels = new TreeSet<>();
      if (figures.group(2) != null) {
        labels.addAll(List.of(figures.group(2).split(",", -1)));
      }
      explained.merge(family(figures.group(1)), labels, (a, b) -> a.size() < b.size() ? b : a);
    }
    Map<String, Set<String>> ours = new HashMap<>();
    exported.forEach(
        (name, labels) -> {
          if (name.startsWith("toygun_")) {
            Set<String> own = new TreeSet<>(labels.keySet());
            own.remove("service");
            ours.put(family(name), own);
          }
        });
    // Only once a message was sent, or a run has waited for its turn, and none was or has.
    explained.remove("toygun_delivery_seconds");
    explained.remove("toygun_waiting_runs");
    explained.remove("toygun_waiting_oldest_seconds");
    assertThat(explained).isEqualTo(ours);
  }

  private static String family(String figure) {
    return figure.replaceAll("_(count|sum|max)$", "");
  }
}
