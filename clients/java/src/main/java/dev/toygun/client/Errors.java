package dev.toygun.client;

import java.util.List;

/** What went wrong in users' code. */
public final class Errors {
  private final Requests requests;

  Errors(Requests requests) {
    this.requests = requests;
  }

  /** The newest first: of a resource and its tasks, of a kind, from a place in the code. */
  public Listing<TaskError> list(Option.ErrorList... options) {
    return requests.pages(new Call(Operation.LIST_ERRORS).with(options), TaskError::new);
  }

  /**
   * One, with its stack.
   *
   * @throws Problem.NotFound where there is none
   */
  public TaskError get(Named error) {
    Call call = Call.of(Operation.GET_ERROR, error);
    return new TaskError(requests.call(call));
  }

  /** What happens again and again, the most frequent first. */
  public List<ErrorGroup> groups(Option.Groups... options) {
    Call call = new Call(Operation.LIST_ERROR_GROUPS).with(options);
    return Part.list(requests.call(call), "items", ErrorGroup::new);
  }
}
