package dev.toygun.examples.pool;

import dev.toygun.Availability;
import dev.toygun.ResourceView;
import dev.toygun.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a pool has and what it wants.
 *
 * @param nodes those that have not been asked to go, the oldest first
 * @param last the highest number that a node has, of those on their way too
 * @param size how many are wanted
 * @param version which they are to run
 */
record Fleet(List<ResourceView> nodes, long last, long size, String version) {
  private static final String PREFIX = "node-";
  private static final Pattern LABEL = Pattern.compile(PREFIX + "[0-9]{1,9}");

  static Fleet of(Snapshot pool) {
    // Somebody may have made others by hand: they are theirs.
    List<ResourceView> all =
        pool.children(Node.TYPE).stream()
            .filter(node -> LABEL.matcher(node.label()).matches())
            .toList();
    List<ResourceView> nodes =
        all.stream()
            .filter(node -> !node.deleting())
            .sorted(Comparator.comparingLong(Fleet::number))
            .toList();
    long last = all.stream().mapToLong(Fleet::number).max().orElse(0);
    return new Fleet(nodes, last, pool.get(Pool.SIZE), pool.get(Pool.VERSION));
  }

  private static long number(ResourceView node) {
    return Long.parseLong(node.label().substring(PREFIX.length()));
  }

  private boolean isCurrent(ResourceView node) {
    return node.find(Node.VERSION).orElse("").equals(version);
  }

  private static boolean isServing(ResourceView node) {
    return node.availability() == Availability.ONLINE;
  }

  private static boolean isFailed(ResourceView node) {
    return node.availability() == Availability.OFFLINE;
  }

  /** How many answer. */
  long serving() {
    return nodes.stream().filter(Fleet::isServing).count();
  }

  /** Whether fewer answer than are wanted. */
  boolean lacks() {
    return serving() < size;
  }

  /** Whether more than half of several may not answer any more: not all are seen to at once. */
  boolean isOutage() {
    long missed =
        nodes.stream()
            .filter(node -> isFailed(node) || node.availability() == Availability.UNCERTAIN)
            .count();
    return nodes.size() > 1 && 2 * missed > nodes.size();
  }

  /**
   * The labels of nodes to make: what is lacking, and one beside them while a version is rolled.
   */
  List<String> missing() {
    if (isOutage()) {
      return List.of();
    }
    List<ResourceView> sound = nodes.stream().filter(node -> !isFailed(node)).toList();
    boolean rolls = sound.stream().filter(this::isCurrent).count() < size;
    long wanted = size + (rolls && sound.size() >= size ? 1 : 0);
    return LongStream.rangeClosed(1, wanted - sound.size())
        .mapToObj(n -> PREFIX + (last + n))
        .toList();
  }

  /**
   * The nodes to delete: those that do not answer; and of the outdated and then of those too many,
   * as many as leave enough that answer.
   */
  List<ResourceView> dispensable() {
    if (isOutage()) {
      return List.of();
    }
    List<ResourceView> gone = new ArrayList<>(nodes.stream().filter(Fleet::isFailed).toList());
    long serving = serving();
    for (ResourceView node : candidates()) {
      long left = serving - (isServing(node) ? 1 : 0);
      if (left >= size) {
        gone.add(node);
        serving = left;
      }
    }
    return gone;
  }

  /** Why it is deleted. */
  String farewell(ResourceView node) {
    String why =
        isFailed(node)
            ? "does not answer"
            : isCurrent(node) ? "is one too many" : "does not run version " + version;
    return "deletes %s, which %s".formatted(node.label(), why);
  }

  private List<ResourceView> candidates() {
    List<ResourceView> sound = nodes.stream().filter(node -> !isFailed(node)).toList();
    Stream<ResourceView> outdated = sound.stream().filter(node -> !isCurrent(node));
    Stream<ResourceView> surplus = sound.stream().filter(this::isCurrent).skip(size);
    return Stream.concat(outdated, surplus).toList();
  }
}
