package dev.toygun.cli;

import dev.toygun.api.ApiService;
import dev.toygun.clock.ClockService;
import dev.toygun.service.Launcher;
import dev.toygun.worker.WorkerService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The services, one to a process. */
final class Services {
  private Services() {}

  /** The clock. */
  @Command(
      name = "clock",
      mixinStandardHelpOptions = true,
      description = "Run a clock: it finds what is due, and queues it. Any number may run.")
  static final class Clock implements Callable<Integer> {
    @Override
    public Integer call() {
      Launcher.main(new ClockService());
      return Exit.OK;
    }
  }

  /** A worker. */
  @Command(
      name = "worker",
      mixinStandardHelpOptions = true,
      description = "Run a worker: it runs the code of resource types, a step at a time.")
  static final class Worker implements Callable<Integer> {
    @Override
    public Integer call() {
      Launcher.main(new WorkerService());
      return Exit.OK;
    }
  }

  /** The API. */
  @Command(
      name = "api",
      mixinStandardHelpOptions = true,
      description = "Run the API: HTTP for people, programs and pages.")
  static final class Api implements Callable<Integer> {
    @Override
    public Integer call() {
      Launcher.main(new ApiService());
      return Exit.OK;
    }
  }
}
