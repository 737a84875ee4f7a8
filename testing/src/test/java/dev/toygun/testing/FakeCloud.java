package dev.toygun.testing;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Something outside that makes machines, once for each token, and counts what it was asked. */
final class FakeCloud {
  final Map<String, String> byToken = new HashMap<>();
  final Set<String> running = new HashSet<>();
  final Set<String> broken = new HashSet<>();
  int made;
  int calls;
  int checks;
  int failures;

  /** Makes a machine, unless this token has made one. */
  String create(String token) {
    calls++;
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the cloud is out of machines");
    }
    return byToken.computeIfAbsent(
        token,
        t -> {
          made++;
          String vm = "vm-" + made;
          running.add(vm);
          return vm;
        });
  }

  void destroy(String vm) {
    calls++;
    running.remove(vm);
  }

  Future<Boolean> answers(String vm) {
    checks++;
    return Future.succeededFuture(running.contains(vm) && !broken.contains(vm));
  }
}
