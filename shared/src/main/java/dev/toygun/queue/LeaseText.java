package dev.toygun.queue;

import dev.toygun.queue.Leases.Lost;
import dev.toygun.store.SubjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The parts of a lease's entry, as {@link LeaseScripts} tells them. */
final class LeaseText {
  private static final String UNREAD = ":" + Lost.UNREAD.step() + ":" + Lost.UNREAD.times();

  private LeaseText() {}

  static String owner(String owner) {
    if (owner.isEmpty() || owner.indexOf('|') >= 0) {
      throw new IllegalArgumentException(
          "'" + owner + "' cannot own leases: a name that is not empty and holds no '|' can");
    }
    return owner;
  }

  static String ticking(Map<UUID, Lost> ticking) {
    List<String> all = new ArrayList<>(ticking.size());
    ticking.forEach((uuid, lost) -> all.add(uuid + ":" + lost.step() + ":" + lost.times()));
    return String.join(",", all);
  }

  /** Subjects whose rows have not been read yet, as they are noted. */
  static String unread(Collection<SubjectKey> subjects) {
    return String.join(",", subjects.stream().map(key -> key.uuid() + UNREAD).toList());
  }

  static Map<UUID, Lost> ticking(String text) {
    Map<UUID, Lost> all = new LinkedHashMap<>();
    for (String one : parts(text)) {
      int first = one.indexOf(':');
      int second = one.indexOf(':', first + 1);
      all.put(
          UUID.fromString(one.substring(0, first)),
          new Lost(
              Long.parseLong(one, first + 1, second, 10),
              Integer.parseInt(one, second + 1, one.length(), 10)));
    }
    return all;
  }

  static String subjects(Collection<SubjectKey> subjects) {
    return String.join(",", subjects.stream().map(SubjectKey::toString).toList());
  }

  static Set<SubjectKey> subjects(String text) {
    Set<SubjectKey> all = new LinkedHashSet<>();
    for (String one : parts(text)) {
      all.add(subject(one));
    }
    return all;
  }

  /**
   * Reads what {@link SubjectKey#toString} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  static SubjectKey subject(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? SubjectKey.ofResource(UUID.fromString(text))
        : new SubjectKey(
            UUID.fromString(text.substring(0, colon)), UUID.fromString(text.substring(colon + 1)));
  }

  private static List<String> parts(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }
}
