package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a type says is told. */
class DescribeTypeTest {
  private static final String UUID = "0190f3c4-7b2e-7a31-9c55-0123456789ab";
  private static final String TYPE =
      """
      {"name": "pool", "version": 3, "versions": [2, 3], "queue": "slow", "priority": "high",
       "first": "filling", "children": ["web-server"], "alarms": ["panic", "degraded"],
       "alarm_types": [
         {"name": "degraded", "severity": "critical", "judged": true, "for_at_least": 60,
          "escalate_after": 900, "repair": {"task": "refill", "most": 3, "within": 3600},
          "suggested": ["drain"], "runbook": "https://example.com/degraded"}],
       "keep": 604800, "restarts": {"runs": 3, "per": 3600},
       "quota": {"used_seconds": 90.5, "per": 600}, "builds": ["b-17"], "last_seen": "2026-01-01T00:00:00Z",
       "fields": [{"name": "size", "type": "integer", "required": true, "secret": false,
         "indexed": true,
         "initial": null, "takes": "1 to 9", "formerly": ["count"], "constraints": null}],
       "states": [{"name": "filling", "code": "decide", "to": ["full"], "waits": true,
         "rests": false, "finishes": false, "on_delete": false, "every": null, "within": 300,
         "limit": 30, "retries": 0, "formerly": ["growing"], "signals": [{"name": "approved",
           "fields": [{"name": "by", "type": "text", "required": true}]}]}],
       "tasks": [{"name": "refill", "shared": true, "internal": true, "exits": true,
         "starts_when": true, "stops_when": true, "first": "ask",
         "schedule": {"every": 3600, "cron": null, "zone": null, "missed": "once", "jitter": 30},
         "keep": {"runs": 5, "seconds": 86400}, "within": 1200,
         "limits": {"concurrency": 4, "rate": {"runs": 10, "per": 60},
           "shared": {"name": "cloud-api", "concurrency": 2, "rate": null},
           "brake": {"percent": 20, "per_parent": true}, "approval": true, "breaker": "cloud",
           "demote_below": {"percent": 50, "runs": 8}},
         "fields": [{"name": "vm", "type": "text", "required": false, "secret": true, "internal": true,
           "initial": null, "takes": null, "formerly": []}],
         "states": [{"name": "ask", "code": "async", "to": [], "finishes": true, "every": 5,
           "within": null, "limit": 2.5, "retries": 7, "formerly": [], "signals": []}]}]}
      """;

  private final FakeApi api;

  DescribeTypeTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok(TYPE));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whatItIsStandsFirst() {
    assertThat(api.run("describe", "type", "pool").out())
        .contains("3 (published: 2, 3)", "slow, high", "filling", "web-server", "b-17", "7 d")
        .containsPattern("Restarted by code +3 times in 3600 s at most")
        .containsPattern("Quota +90.5 s of the workers in 600 s, with all below it");
  }

  @Test
  void eachPartHasASection() {
    assertThat(api.run("describe", "type", "pool").out())
        .containsPattern("(?s)Signals\n.*approved +- +filling +by \\(text, required\\)")
        .containsPattern("(?s)Alarms\n.*degraded +critical +by itself, after 60 s +900 s +https:")
        .containsPattern("panic +- +of every type")
        .containsPattern("(?s)Repairs\n.*degraded +refill, 3 times in 3600 s at most +drain")
        .containsPattern(
            "refill +on a condition, every 1h, up to 30 s later, missed: once +1200 s +the")
        .contains("the latest 5, all for 1 d", "stops on a condition, shared, internal, cleans up")
        .containsPattern("filling +decide +full +- +300 s +0 +first, waits")
        .containsPattern("size +integer +yes +no +no +yes +1 to 9")
        .containsPattern("(?s)Fields of task refill\n.*vm +text +no +yes +yes");
  }

  @Test
  void eachLimitHasALine() {
    String out = api.run("describe", "type", "pool").out();
    assertThat(out.lines().filter(line -> line.startsWith("refill  ")).map(String::strip))
        .contains(
            "refill  while 4 are under way",
            "refill  while 10 have begun within 60 s",
            "refill  while 2 are under way of the limit cloud-api",
            "refill  while more than 20 % of those under the same parent want it",
            "refill  while the breaker cloud is open",
            "refill  until somebody approves it",
            "refill  until somebody approves it, once less than 50 % of 8 runs worked");
  }

  @Test
  void formerNamesAndLimitsOfTimeAreThereWhereThereIsRoom() {
    assertThat(api.run("describe", "type", "pool", "-o", "wide").out())
        .contains("count", "growing", "2.5 s");
  }

  @Test
  void programsReadWhatTheApiSays() {
    assertThat(Api.parse(api.run("describe", "type", "pool", "-o", "json").out(), "type"))
        .isEqualTo(Api.parse(TYPE, "type"));
    for (List<String> what : List.of(List.of("type", "pool"), List.of("pool", UUID))) {
      assertThat(api.run("describe", what.get(0), what.get(1), "-o", "yaml").out())
          .startsWith("name: pool\n");
    }
  }
}
