package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs of tasks. A method that takes one takes what the API gave of it, or {@link Named#of}.
 *
 * <p>Each throws {@link Problem.NotFound} where there is no such run; what changes one throws
 * {@link Problem.Conflict} where it has ended, or is not in a state in which that can be done, and
 * {@link Problem.PreconditionFailed} where it is not as {@link Options#ifMatch} says any more.
 */
public final class Tasks {
  private final Requests requests;

  Tasks(Requests requests) {
    this.requests = requests;
  }

  /** Every run of a resource's tasks, the newest first. */
  public Listing<Task> list(NamedResource resource, Option.Paged... options) {
    return requests.pages(Call.of(Operation.LIST_TASKS, resource).with(options), Task::new);
  }

  /**
   * Runs of all resources, the newest first: of a type, of a task by its name, by how they stand.
   */
  public Listing<Task> runs(Option.Runs... options) {
    return requests.pages(new Call(Operation.LIST_RUNS).with(options), Task::new);
  }

  /** One run. */
  public Task get(Named task) {
    return get(task, Requests.LONG);
  }

  private Task get(Named task, Duration within) {
    return new Task(requests.call(Call.of(Operation.GET_TASK, task), within));
  }

  /** Starts a task by its name, without arguments. */
  public Task start(NamedResource resource, String task, Option.Because... options) {
    return start(resource, task, Map.of(), options);
  }

  /**
   * Starts a task by its name. Where it runs already this gives that run, which says so ({@link
   * Task#alreadyRunning}).
   *
   * @throws Problem.Conflict where something stands in its way
   * @throws Problem.NotFound where the resource has no such task
   */
  public Task start(
      NamedResource resource, String task, Map<String, ?> args, Option.Because... options) {
    Call call = Call.of(Operation.START_TASK, resource).path("task", task).with(options);
    return new Task(requests.call(args.isEmpty() ? call : call.body("args", args)));
  }

  /** Why it waits, and what keeps what it waits for. */
  public Explanation explain(Named task) {
    return new Explanation(requests.call(Call.of(Operation.EXPLAIN_TASK, task)));
  }

  /** Stops it through its {@code __exit__}; nothing but a person starts it again. */
  public Task stop(Named task, Option.Change... options) {
    return changed(Operation.STOP_TASK, task, options);
  }

  /** Breaks it off; a second time, it no longer waits for its {@code __exit__}. */
  public Task abort(Named task, Option.Change... options) {
    return changed(Operation.ABORT_TASK, task, options);
  }

  /** Lets one begin that waits for approval, once its turn comes. */
  public Task approve(Named task, Option.Change... options) {
    return changed(Operation.APPROVE_TASK, task, options);
  }

  /** Sends one that has panicked back to the state it panicked in, with all its tries. */
  public Task retry(Named task, Option.Change... options) {
    return changed(Operation.RETRY_TASK, task, options);
  }

  /** Puts it back into a state, or behind a step, that it was in: one of both has to be given. */
  public Task rewind(Named task, Option.Rewind... options) {
    return changed(Operation.REWIND_TASK, task, options);
  }

  /** Sends it a signal, which is kept until its code consumes it. */
  public Signal signal(Named task, String type, Map<String, ?> fields, Option.Because... options) {
    Call call = Call.of(Operation.SIGNAL_TASK, task).body("type", type).body("fields", fields);
    return new Signal(requests.call(call.with(options)));
  }

  /**
   * What a secret field of it holds, for a secret-reader.
   *
   * @throws Problem.Unreachable where there was no answer: this is not sent again
   */
  public JsonNode reveal(Named task, String field, String reason) {
    Call call = Call.of(Operation.REVEAL_TASK, task).body("field", field).body("reason", reason);
    return requests.call(call).path("value");
  }

  /** Its moves, from the first one on, or from the last one back with {@code "step desc"}. */
  public Listing<Move> history(Named task, Option.Moves... options) {
    return requests.pages(Call.of(Operation.TASK_HISTORY, task).with(options), Move::new);
  }

  /**
   * Waits until a run has ended, or has panicked, when it is for somebody to decide: its status
   * says which.
   *
   * <p>Looks at once, whenever it moves, and every 2 s; an API that is away meanwhile is waited
   * for. Blocks for {@link Options#timeout} (60 s), or up to 5 s more where a look is under way
   * then.
   *
   * @return how it was then
   * @throws WaitedTooLong if it was not so in time
   * @throws Interrupted if the thread was interrupted
   */
  public Task wait(Named task, Option.TaskWait... options) {
    return wait(task, now -> now.status().equals("panicked"), options);
  }

  /** The same, until this says so, or it has ended before. It is asked in this thread. */
  public Task wait(Named task, Predicate<? super Task> until, Option.TaskWait... options) {
    Waiting<Task> waiting =
        new Waiting<>(requests, within -> get(task, within), Task::resource, Task::words);
    return waiting.until(now -> !now.active() || until.test(now), now -> false, Given.all(options));
  }

  private Task changed(Operation operation, Named task, Option... options) {
    return new Task(requests.call(Call.of(operation, task).with(options)));
  }
}
