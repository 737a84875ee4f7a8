package dev.toygun.cli.demo;

import dev.toygun.service.Config;
import dev.toygun.service.Ground.Queues;
import dev.toygun.service.Keys;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Running;
import dev.toygun.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that the demo starts, so that everything can be ended, however it goes. */
final class Stage {
  private final Path folder;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private @Nullable DataFolder data;
  private @Nullable Standalone standalone;

  Stage(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Starts Postgres, Redis, the clock and the API, all in this process or as its servers. */
  Standalone open() throws Exception {
    data = DataFolder.open(folder.resolve("data"));
    Config config =
        Config.read(
            Map.of(
                Keys.PORT.name(), "0",
                Keys.METRICS_PORT.name(), "0",
                Keys.DATABASE_POOL.name(), "4",
                Keys.LOG.name(), "text",
                // The demo's phone is on this machine.
                Keys.SINK_NETWORKS.name(), "127.0.0.0/8"),
            List.of());
    standalone = Standalone.start(data, config, Queues.REDIS, Standalone.Crew.CLOCK_AND_API);
    return standalone;
  }

  /** Starts a worker in a process of its own. */
  WorkerProcess worker(String id) throws IOException {
    if (standalone == null) {
      throw new IllegalStateException("open() comes first");
    }
    WorkerProcess worker =
        WorkerProcess.start(
            id, folder, standalone.ground().config(), standalone.secretsOfServices());
    workers.add(worker);
    return worker;
  }

  List<WorkerProcess> workers() {
    return workers;
  }

  /** Stops all that is left in order; fails where something does not stop as it should. */
  void close() throws InterruptedException, IOException {
    for (WorkerProcess worker : workers) {
      if (worker.runs()) {
        worker.stop();
      }
    }
    servers();
  }

  /** Ends everything that still runs, whatever it is in the middle of. Never fails. */
  void clear() {
    workers.stream().filter(WorkerProcess::runs).forEach(WorkerProcess::end);
    try {
      servers();
    } catch (IOException e) {
      // What is left of them is ended below.
    }
    Running.killIn(folder);
  }

  private void servers() throws IOException {
    if (standalone != null) {
      standalone.close();
      standalone = null;
    }
    if (data != null) {
      data.close();
      data = null;
    }
  }

  /** Every process of ours that runs. */
  List<Long> processes() {
    return Running.in(folder);
  }
}
