package dev.toygun.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do things at the same time, each one after the other. */
public final class Callers {
  private Callers() {}

  /** What one of several threads does. */
  public interface Caller {
    /** What the one of this number, from 0, does; how much of it. */
    long call(int number) throws Exception;
  }

  /** Runs this on as many threads as there are numbers; the sum of what they answer. */
  public static long together(int threads, Caller code) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Long>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        all.add(() -> code.call(number));
      }
      long sum = 0;
      for (Future<Long> answer : pool.invokeAll(all)) {
        sum += answer.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Does so many things, each once, by so many threads that take the next one as they are free. */
  public static void share(int threads, int many, Paced.One one) throws Exception {
    AtomicInteger next = new AtomicInteger();
    together(
        threads,
        caller -> {
          for (int number = next.getAndIncrement();
              number < many;
              number = next.getAndIncrement()) {
            one.go(number);
          }
          return 0;
        });
  }
}
