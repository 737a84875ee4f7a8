package dev.toygun.cli.system;

import static dev.toygun.StateDef.state;

import dev.toygun.Field;
import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.Panicked;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A tree of four levels, whose leaf has a task that panics, which nobody handles. The handlers of
 * the slow tree are silent when they are asked for the first time, and say so in a folder: so the
 * worker can be killed while it asks.
 */
public final class FourLevels implements ResourceTypes {
  static final int LEVELS = 4;
  static final String SLOW = "slow";
  static final String FOLDER = "FOUR_LEVELS";
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> TREE = Field.text("tree").required();
  private static final Duration SILENCE = Duration.ofSeconds(25);

  enum Here {
    UP
  }

  enum Work {
    WORKING
  }

  /** The type of this level's resources; 1 is the leaf's, 4 the root's. */
  static String type(int level) {
    return "level" + level;
  }

  /** Exists once the handler at this level was asked about the slow tree. */
  static Path asked(Path folder, int level) {
    return folder.resolve("asked-" + level);
  }

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    return List.of(level(1), level(2), level(3), level(4));
  }

  private static ResourceType<Here> level(int n) {
    ResourceType<Here> type =
        ResourceType.of(type(n), state(Here.UP).decide(t -> up(t, n)).rests())
            .fields(TREE)
            .onPanic((t, who, error) -> decline(n, who));
    return n > 1
        ? type.children(type(n - 1))
        : type.tasks(
            TaskType.of(
                WORK, state(Work.WORKING).decide(t -> t.panic("Broken", "no way")).finishes()));
  }

  private static Next<Here> up(Tick<Here> t, int n) {
    String tree = t.get(TREE);
    return n > 1
        ? t.stay().create(type(n - 1), tree, Values.of(TREE, tree))
        : t.stay().ensure(WORK);
  }

  private static Handling decline(int level, Panicked who) {
    String folder = System.getenv(FOLDER);
    if (folder != null && who.label().equals(SLOW) && isFirst(asked(Path.of(folder), level))) {
      LockSupport.parkNanos(SILENCE.toNanos());
    }
    return Handling.decline("not mine");
  }

  private static boolean isFirst(Path asked) {
    try {
      Files.createFile(asked);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
