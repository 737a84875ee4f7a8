package dev.toygun;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of states. The first row is where it starts. Checked as a part of its type. */
public final class Machine<S extends Enum<S>> {
  private final List<StateDef<S>> rows;
  private final Map<String, StateDef<S>> byName = new HashMap<>();

  private Machine(List<StateDef<S>> rows) {
    this.rows = List.copyOf(rows);
    for (StateDef<S> row : rows) {
      row.formerNames().forEach(old -> byName.putIfAbsent(old, row));
    }
    rows.forEach(row -> byName.put(row.name(), row));
  }

  static <S extends Enum<S>> Machine<S> of(List<StateDef<S>> rows) {
    return new Machine<>(rows);
  }

  /** The row of the state where the machine starts. */
  public StateDef<S> first() {
    return rows.get(0);
  }

  /** The rows, in the order they were written. */
  public Collection<StateDef<S>> rows() {
    return rows;
  }

  /** The row of the state with this stored name, or with this as a former one. */
  public Optional<StateDef<S>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The row of this state. */
  public StateDef<S> row(S state) {
    return Objects.requireNonNull(byName.get(nameOf(state)));
  }

  /** The row that a resource which is asked to go enters. */
  public Optional<StateDef<S>> onDelete() {
    return rows.stream().filter(StateDef::isOnDelete).findFirst();
  }

  /** The stored name of a state: {@code WAIT_FOR_VM} is {@code wait_for_vm}. */
  public static String nameOf(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The table as a Mermaid state diagram, for the docs and the API. */
  public String toMermaid() {
    StringBuilder out = new StringBuilder("stateDiagram-v2\n");
    edges().forEach(edge -> out.append("  ").append(edge.toMermaid()).append('\n'));
    return out.toString();
  }

  /**
   * An arrow of the table; a missing end is the beginning or the end of the machine.
   *
   * @param from the stored name of a state, or null for the beginning
   * @param to the stored name of a state, or null for the end
   */
  public record Edge(@Nullable String from, @Nullable String to) {
    private String toMermaid() {
      return Objects.requireNonNullElse(from, "[*]")
          + " --> "
          + Objects.requireNonNullElse(to, "[*]");
    }

    @Override
    public String toString() {
      return Objects.requireNonNullElse(from, BuiltIn.NEW)
          + " -> "
          + Objects.requireNonNullElse(to, BuiltIn.STOP);
    }
  }

  /** Every arrow that the table declares. */
  public List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    edges.add(new Edge(null, first().name()));
    for (StateDef<S> row : rows) {
      row.targets().stream().sorted().forEach(to -> edges.add(new Edge(row.name(), nameOf(to))));
      if (row.mayFinish()) {
        edges.add(new Edge(row.name(), null));
      }
    }
    return edges;
  }

  /** What is wrong with the table, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    S some = first().state().orElseThrow();
    for (StateDef<S> row : rows) {
      if (!seen.add(row.name())) {
        problems.add("state " + row.name() + " has two rows");
      }
      problems.addAll(Names.problems("state", row.name()));
      if (row.step().isEmpty()) {
        problems.add("state " + row.name() + " has no code: give it decide, async or blocking");
      }
      for (S target : row.targets()) {
        if (!byName.containsKey(nameOf(target))) {
          problems.add("state " + row.name() + " goes to " + nameOf(target) + ", which has no row");
        }
      }
      row.formerNames().stream()
          .filter(old -> byName.get(old) != row)
          .forEach(old -> problems.add("state name " + old + " belongs to two states"));
      problems.addAll(Timing.problems(row));
    }
    for (S state : some.getDeclaringClass().getEnumConstants()) {
      if (!seen.contains(nameOf(state))) {
        problems.add("state " + nameOf(state) + " has no row");
      }
    }
    Set<String> reached = reachable();
    seen.stream()
        .filter(name -> !reached.contains(name))
        .sorted()
        .forEach(name -> problems.add("nothing leads to state " + name));
    return problems;
  }

  private Set<String> reachable() {
    Set<String> reached = new HashSet<>(Set.of(first().name()));
    onDelete().ifPresent(row -> reached.add(row.name()));
    Deque<String> todo = new ArrayDeque<>(reached);
    while (!todo.isEmpty()) {
      find(todo.pop())
          .ifPresent(
              row ->
                  row.targets().stream()
                      .map(Machine::nameOf)
                      .filter(reached::add)
                      .forEach(todo::push));
    }
    return reached;
  }
}
