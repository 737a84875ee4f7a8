package dev.toygun.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.client.Api;
import dev.toygun.cli.client.Story;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The PostgreSQL servers of the demo, as the API shows them. */
final class Troupe {
  static final String TYPE = "local-postgres";
  private static final String PATH = "/v1/resources/" + TYPE;

  private final Api api;
  private final SecureRandom chance = new SecureRandom();
  private final Timeline timeline;
  private final Map<String, Member> members = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, String> last = new HashMap<>();

  Troupe(Api api, Timeline timeline) {
    this.api = api;
    this.timeline = timeline;
  }

  /** A server: its name, its uuid, and the password that only whoever made it knows. */
  record Member(String label, String uuid, String password) {
    String path() {
      return PATH + "/" + uuid;
    }
  }

  /** Asks the API for one. */
  void create(String label) {
    byte[] bytes = new byte[18];
    chance.nextBytes(bytes);
    String password = HexFormat.of().formatHex(bytes);
    JsonNode made =
        api.post(
            PATH,
            Map.of(
                "label",
                label,
                "fields",
                Map.of("database", label, "username", label, "password", password)));
    members.put(label, new Member(label, made.path("uuid").asText(), password));
    order.add(label);
  }

  /** Has alarms sent to this address. */
  void tell(String url) {
    byte[] bytes = new byte[18];
    chance.nextBytes(bytes);
    Map<String, String> settings = Map.of("url", url, "secret", HexFormat.of().formatHex(bytes));
    api.post("/v1/sinks", Map.of("name", "phone", "kind", "webhook", "settings", settings));
    api.post("/v1/sinks/phone:test", Map.of());
  }

  List<Member> members() {
    return order.stream().map(this::member).toList();
  }

  Member member(String label) {
    Member member = members.get(label);
    if (member == null) {
      throw new IllegalArgumentException("no server " + label);
    }
    return member;
  }

  JsonNode look(Member member) {
    return api.get(member.path());
  }

  /** How it answered, and how often it was restarted. */
  JsonNode availability(Member member) {
    return api.get(member.path() + "/availability");
  }

  /** Asks the API to take one down. */
  void delete(Member member) {
    api.delete(member.path());
  }

  /** Whether it is so with every one of these; tells of each what has changed. */
  boolean all(List<Member> some, Predicate<JsonNode> so) {
    boolean all = true;
    for (Member member : some) {
      JsonNode now = look(member);
      tell(member, now);
      all &= so.test(now);
    }
    return all;
  }

  /** What happened to a server. */
  List<Story.Move> story(Member member) {
    return Story.of(api, member.path()).moves();
  }

  private void tell(Member member, JsonNode now) {
    StringBuilder line = new StringBuilder(member.label()).append(": ");
    line.append(now.path("active").asBoolean() ? now.path("state").asText() : "ended");
    for (JsonNode task : now.path("tasks")) {
      String status = task.path("status").asText();
      if (status.equals("running") || status.equals("panicked")) {
        line.append("  ").append(task.path("name").asText());
        line.append(status.equals("running") ? " in " : " panicked in ");
        line.append(task.path("state").asText());
      }
    }
    if (now.path("error").isObject()) {
      line.append("  (").append(now.path("error").path("message").asText()).append(')');
    }
    String text = line.toString();
    if (!text.equals(last.put(member.label(), text))) {
      timeline.say("   " + text);
    }
  }
}
