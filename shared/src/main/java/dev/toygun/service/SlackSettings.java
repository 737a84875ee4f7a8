package dev.toygun.service;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Slack app whose commands and buttons are carried out, and what its people may do.
 *
 * @param signingSecret what it signs its requests with
 * @param team the workspace that its people are of; those of others have no role
 * @param users the role of each of them, by their ids
 * @param everybody the role of whoever else is of the team; null for none
 * @param hooks where it takes answers that come late
 */
public record SlackSettings(
    String signingSecret,
    String team,
    Map<String, String> users,
    @Nullable String everybody,
    URI hooks) {
  private static final Set<String> NAMES =
      Set.of("signing_secret", "team", "users", "everybody", "hooks");
  private static final URI HOOKS = URI.create("https://hooks.slack.com");
  private static final int SHORTEST_SECRET = 16;

  public SlackSettings {
    users = Map.copyOf(users);
  }

  /**
   * Reads {@code {"signing_secret":"…","team":"T012AB3C4","users":{"U012AB3C4":"operator"}}}.
   *
   * @throws IllegalArgumentException saying all that is wrong, and nothing that is secret
   */
  static SlackSettings read(String text) {
    ObjectReading reading = ObjectReading.of(text, NAMES);
    SlackSettings read =
        new SlackSettings(
            reading.text("signing_secret", null),
            reading.text("team", null),
            reading.has("users") ? reading.roles("users", "U012AB3C4") : Map.of(),
            reading.has("everybody") ? reading.role("everybody") : null,
            reading.has("hooks") ? reading.url("hooks", false) : HOOKS);
    if (!read.signingSecret.isEmpty() && read.signingSecret.length() < SHORTEST_SECRET) {
      reading.wrong("signing_secret has %d characters at least".formatted(SHORTEST_SECRET));
    }
    if (!read.team.isEmpty() && !read.team.matches("[TE][A-Z0-9]{2,20}")) {
      reading.wrong("team is the id of a workspace, such as T012AB3C4");
    }
    read.users.keySet().stream()
        .filter(user -> !user.matches("[UW][A-Z0-9]{2,20}"))
        .sorted()
        .forEach(user -> reading.wrong("%s is no id of a user, such as U012AB3C4".formatted(user)));
    if (read.users.isEmpty() && read.everybody == null) {
      reading.wrong("users or everybody says who may do what");
    }
    reading.end();
    return read;
  }

  /** The role of somebody; empty where they have none. */
  public Optional<String> role(String theirTeam, String user) {
    return theirTeam.equals(team)
        ? Optional.ofNullable(users.get(user)).or(() -> Optional.ofNullable(everybody))
        : Optional.empty();
  }

  /** Nothing that is secret. */
  @Override
  public String toString() {
    return "SlackSettings[" + team + "]";
  }
}
