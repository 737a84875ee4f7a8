package dev.toygun.api;

import dev.toygun.store.Views;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Views of a database that counts some types too slowly, and how much it is asked at once. */
final class Uncounted {
  /** Types whose resources it does not count in time. */
  final Set<String> types = ConcurrentHashMap.newKeySet();

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();

  Views of(Views views) {
    return (Views)
        Proxy.newProxyInstance(
            Views.class.getClassLoader(),
            new Class<?>[] {Views.class},
            (proxy, method, arguments) -> {
              try {
                if (!method.getName().equals("resourceCounts")) {
                  return method.invoke(views, arguments);
                }
                asked.incrementAndGet();
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Future<?> counted =
                    types.contains(arguments[0])
                        ? Future.failedFuture(new TimeoutException("too slow"))
                        : (Future<?>) method.invoke(views, arguments);
                return counted.onComplete(done -> atOnce.decrementAndGet());
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
