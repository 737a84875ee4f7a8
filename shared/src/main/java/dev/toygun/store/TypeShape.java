package dev.toygun.store;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of a definition that two builds under one name and version have to agree on, as text:
 * fields, states with their edges, tasks. Periods, retries, limits, diagrams may differ.
 */
public final class TypeShape {
  private TypeShape() {}

  /** The shape of a definition. */
  public static String of(TypeDefinition type) {
    TreeSet<String> lines = new TreeSet<>();
    add(lines, "", type.first(), type.fields(), type.states());
    for (TypeDefinition.TaskDefinition task : type.tasks()) {
      add(lines, "task " + task.name() + ": ", task.first(), task.fields(), task.states());
      lines.add("task %s: shared %s".formatted(task.name(), task.shared()));
    }
    return String.join("\n", lines);
  }

  private static void add(
      SortedSet<String> lines,
      String where,
      String first,
      List<TypeDefinition.FieldDefinition> fields,
      List<TypeDefinition.StateDefinition> states) {
    lines.add("%sfirst state %s".formatted(where, first));
    for (TypeDefinition.FieldDefinition field : fields) {
      lines.add(
          "%sfield %s: %s%s%s"
              .formatted(
                  where,
                  field.name(),
                  field.type(),
                  field.required() ? ", required" : "",
                  field.secret() ? ", secret" : ""));
    }
    for (TypeDefinition.StateDefinition state : states) {
      lines.add(
          "%sstate %s to %s%s%s"
              .formatted(
                  where,
                  state.name(),
                  state.to().stream().sorted().collect(Collectors.joining(", ", "[", "]")),
                  state.finishes() ? ", finishes" : "",
                  state.onDelete() ? ", on delete" : ""));
    }
  }

  /**
   * Two definitions of one version of a type have the same shape.
   *
   * @throws Refusal saying where they differ
   */
  public static void agree(TypeDefinition published, TypeDefinition ours) {
    String shape = of(published);
    if (!shape.equals(of(ours))) {
      throw differs(ours, shape);
    }
  }

  /**
   * Whether a worker may publish this definition over the one that is there.
   *
   * @param published the shape of the same type and version as it is stored
   * @return why not; nothing if it may
   */
  public static Optional<String> problem(TypeDefinition ours, String published) {
    return published.equals(of(ours))
        ? Optional.empty()
        : Optional.of(String.valueOf(differs(ours, published).getMessage()));
  }

  static Refusal differs(TypeDefinition ours, String published) {
    return new Refusal(
        Refusal.Code.EXISTS,
        "type %s version %d is published with another shape; give this one the next version (%s)"
            .formatted(ours.name(), ours.version(), difference(published, of(ours))));
  }

  /** What the one has and the other has not, for people to read. */
  private static String difference(String published, String ours) {
    List<String> theirs = published.lines().toList();
    List<String> mine = ours.lines().toList();
    String gone =
        theirs.stream().filter(line -> !mine.contains(line)).collect(Collectors.joining("; "));
    String added =
        mine.stream().filter(line -> !theirs.contains(line)).collect(Collectors.joining("; "));
    return "published: %s; here: %s"
        .formatted(
            gone.isEmpty() ? "nothing else" : gone, added.isEmpty() ? "nothing else" : added);
  }
}
