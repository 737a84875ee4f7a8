package dev.toygun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one act of one peer in one round came to.
 *
 * @param figures all of them, as they are written as a line of JSON
 */
record Run(Peer peer, Work work, Act act, int round, ObjectNode figures) {
  /** A run with everything in it that is reckoned from what was measured. */
  static Run of(Peer peer, Work work, Act act, int round, ObjectNode measured) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("peer", peer.label());
    figures.put("w", work.workload().label());
    figures.put("act", act.name());
    if (!act.variant().isEmpty()) {
      figures.put("variant", act.variant());
    }
    figures.put("round", round);
    figures.put("size", work.size());
    if (work.workload() == Workload.W1) {
      figures.put("code", work.code().name().toLowerCase(java.util.Locale.ROOT));
    }
    double units = measured.path("units").asDouble();
    double seconds = measured.path("seconds").asDouble();
    if (seconds > 0) {
      figures.put(act.rate(), Math.round(units / seconds * 10) / 10.0);
    }
    figures.setAll(measured);
    if (units > 0 && measured.has("commits")) {
      put(figures, "commits_per_unit", measured.path("commits").asDouble() / units);
      put(figures, "wal_bytes_per_unit", measured.path("wal_bytes").asDouble() / units);
      put(figures, "redis_calls_per_unit", measured.path("redis_calls").asDouble() / units);
      put(figures, "cpu_us_per_unit", cpu(measured) * 1e6 / units);
      put(figures, "cpu_worker_us_per_unit", of(measured, "cpu_worker_s") * 1e6 / units);
      put(figures, "cpu_server_us_per_unit", of(measured, "cpu_server_s") * 1e6 / units);
    }
    double wall = measured.path("wall_s").asDouble();
    if (wall > 0 && act.goesOn()) {
      put(figures, "cpu_s_per_min", cpu(measured) * 60 / wall);
    }
    figures.put("load", Cpu.load());
    figures.put("valid", measured.path("wrong").isEmpty());
    return new Run(peer, work, act, round, figures);
  }

  /** The processor time of everybody who took part, in seconds. */
  private static double cpu(ObjectNode figures) {
    double sum = 0;
    for (var field : figures.properties()) {
      if (field.getKey().startsWith("cpu_") && field.getKey().endsWith("_s")) {
        sum += field.getValue().asDouble();
      }
    }
    return sum;
  }

  private static double of(ObjectNode figures, String name) {
    return figures.path(name).asDouble();
  }

  private static void put(ObjectNode figures, String name, double value) {
    figures.put(name, Math.round(value * 10_000) / 10_000.0);
  }

  /** A figure, if it has it. */
  OptionalDouble figure(String name) {
    JsonNode value = figures.path(name);
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /** How fast it was. */
  double rate() {
    return figure(act.rate()).orElse(0);
  }

  boolean valid() {
    return figures.path("valid").asBoolean();
  }

  /** Why it is invalid. */
  List<String> wrong() {
    List<String> all = new ArrayList<>();
    figures.path("wrong").forEach(wrong -> all.add(wrong.asText()));
    return all;
  }

  /** Who it was, with the variant where each counts by itself. */
  String who() {
    return act.best() || act.variant().isEmpty()
        ? peer.label()
        : peer.label() + " " + act.variant();
  }
}
