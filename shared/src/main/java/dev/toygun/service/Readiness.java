package dev.toygun.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * What a process still waits for, and what is wrong with it: the answers of {@code /ready} and
 * {@code /health}. Safe to use from any thread.
 *
 * <p>Not ready means: send nobody here, but leave it alone, it waits for something. Not healthy
 * means: it will not get better by itself.
 */
public final class Readiness {
  private final Map<String, String> missing = new ConcurrentSkipListMap<>();
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

  /** This part is not there, and this is why. */
  public void waiting(String part, String why) {
    missing.put(part, why);
  }

  /**
   * This part is there.
   *
   * @return whether it was not before
   */
  public boolean there(String part) {
    return missing.remove(part) != null;
  }

  /** What is not there, and why, by part; empty when the process is ready. */
  public Map<String, String> missing() {
    return Map.copyOf(missing);
  }

  /**
   * Asks this part, at each question after its health, what is wrong with it.
   *
   * @param check answers at once: what is wrong, or nothing
   */
  public void watch(String part, Supplier<Optional<String>> check) {
    checks.put(part, check);
  }

  /** What is wrong, by part; empty when the process is well. */
  public Map<String, String> sick() {
    Map<String, String> sick = new ConcurrentSkipListMap<>();
    checks.forEach((part, check) -> check.get().ifPresent(wrong -> sick.put(part, wrong)));
    return Map.copyOf(sick);
  }
}
