package dev.toygun.cli.system;

import static dev.toygun.StateDef.state;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.util.List;

/** A task whose step ends the process that it runs in, if its resource is of that nature. */
public final class Deadly implements ResourceTypes {
  static final String DEADLY = "deadly";
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> NATURE = Field.text("nature").required();

  enum Here {
    UP
  }

  enum Work {
    WORKING
  }

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    return List.of(
        ResourceType.of(DEADLY, state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests())
            .fields(NATURE)
            .tasks(TaskType.of(WORK, state(Work.WORKING).async(Deadly::work).finishes())));
  }

  private static Future<Next<Work>> work(Tick<Work> t) {
    if (t.get(NATURE).equals(DEADLY)) {
      Runtime.getRuntime().halt(9);
    }
    return Future.succeededFuture(t.finish());
  }
}
