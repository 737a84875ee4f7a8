package dev.toygun.cli.demo;

import dev.toygun.cli.Exit;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main job, start to end. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Show everything once, on this machine: start Postgres, Redis, a clock, the API and two"
          + " workers; have three real PostgreSQL servers made through the API; kill one of them"
          + " and a worker; see it repaired; take all down; leave nothing behind.",
      "",
      "The last line is `demo passed: …`; anything else ends with exit code 1."
    })
public final class Demo implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    System.setProperty("TOYGUN_LOG", "text");
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("toygun-demo-").toRealPath();
    Timeline timeline = new Timeline(out);
    Stage stage = new Stage(folder);
    // Ctrl-C leaves as little behind as the end does.
    Launcher.onStop(
        () -> {
          stage.clear();
          Folders.delete(folder);
          throw new IOException("the demo was broken off");
        });
    String passed;
    try (Phone phone = Phone.open(timeline)) {
      passed = new Play(stage, timeline, phone).run();
    } catch (Exception e) {
      stage.workers().forEach(worker -> worker.tell(timeline));
      stage.clear();
      Folders.delete(folder);
      out.println("demo failed: " + said(e));
      Launcher.exit(Exit.FAILED);
      return Exit.FAILED;
    }
    out.println("demo passed: " + passed);
    Launcher.exit(Exit.OK);
    return Exit.OK;
  }

  private static String said(Exception e) {
    return e instanceof Timeline.Failure ? String.valueOf(e.getMessage()) : e.toString();
  }
}
