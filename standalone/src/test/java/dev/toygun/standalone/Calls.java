package dev.toygun.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.regex.Pattern;

/** Methods of the JDK and of Vert.x that only some may call, by class and name. */
final class Calls {
  static final DescribedPredicate<JavaAccess<?>> AWAITING =
      to("Future.await", Map.of("io.vertx.core.Future", Pattern.compile("await")));

  static final DescribedPredicate<JavaAccess<?>> TIME_AND_CHANCE =
      to(
          "time and chance",
          Map.ofEntries(
              Map.entry("java.time.Instant", Pattern.compile("now")),
              Map.entry("java.time.LocalDate", Pattern.compile("now")),
              Map.entry("java.time.LocalTime", Pattern.compile("now")),
              Map.entry("java.time.LocalDateTime", Pattern.compile("now")),
              Map.entry("java.time.OffsetDateTime", Pattern.compile("now")),
              Map.entry("java.time.ZonedDateTime", Pattern.compile("now")),
              Map.entry("java.time.Clock", Pattern.compile("system.*|tick.*")),
              Map.entry("java.lang.System", Pattern.compile("currentTimeMillis|nanoTime")),
              Map.entry("java.lang.Math", Pattern.compile("random")),
              Map.entry("java.util.UUID", Pattern.compile("randomUUID")),
              Map.entry("java.util.concurrent.ThreadLocalRandom", Pattern.compile("current"))));

  static final DescribedPredicate<JavaAccess<?>> BLOCKING =
      to(
          "what blocks a thread",
          Map.of(
              "java.lang.Thread", Pattern.compile("sleep|join"),
              "java.lang.Object", Pattern.compile("wait"),
              "java.util.concurrent.Future", Pattern.compile("get"),
              "java.util.concurrent.CompletableFuture", Pattern.compile("get|join"),
              "java.util.concurrent.CountDownLatch", Pattern.compile("await"),
              "java.util.concurrent.ExecutorService", Pattern.compile("awaitTermination|invokeA.*"),
              "java.util.concurrent.Semaphore", Pattern.compile("acquire.*"),
              "java.util.concurrent.BlockingQueue", Pattern.compile("take|put")));

  private Calls() {}

  // Accesses, not calls: a method reference asks the time as well.
  private static DescribedPredicate<JavaAccess<?>> to(String what, Map<String, Pattern> methods) {
    return describe(
        "is " + what,
        access -> {
          Pattern pattern = methods.get(access.getTargetOwner().getName());
          return pattern != null && pattern.matcher(access.getTarget().getName()).matches();
        });
  }
}
