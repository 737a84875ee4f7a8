package dev.toygun.api.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A machine as a drawing: its states one below the other as they are declared, a move to the next
 * one as an arrow between them, moves further on as arcs at the right, moves back as arcs at the
 * left. So nothing is ever drawn over a state, however many there are.
 *
 * @param width of all of it, in pixels
 * @param height of all of it, in pixels
 * @param boxes its states
 * @param arrows its moves
 */
public record Diagram(int width, int height, List<Box> boxes, List<Arrow> arrows) {
  private static final int ROW = 48;
  private static final int BOX = 28;
  private static final int LETTER = 8;
  private static final int EDGE = 2;
  /* How far an arc to the next state but one stands out, and each further one more. */
  private static final int ARC = 26;
  private static final int FURTHER = 12;

  /**
   * A state.
   *
   * @param x its left
   * @param y its top
   * @param finishes whether the machine may end there
   * @param current whether the machine is there
   */
  public record Box(
      String name, int x, int y, int width, int height, boolean finishes, boolean current) {
    /** Where its name stands. */
    public int middle() {
      return x + width / 2;
    }

    /** The line its name stands on. */
    public int line() {
      return y + height / 2 + 5;
    }
  }

  /**
   * A move.
   *
   * @param line its path
   * @param head the path of what it ends in
   * @param said it in words
   */
  public record Arrow(String line, String head, String said) {}

  /** The drawing of these states, of which one may be the current one. */
  public static Diagram of(List<Shown> states, String current) {
    List<String> names = states.stream().map(state -> state.text("name")).toList();
    int wide = names.stream().mapToInt(String::length).max().orElse(0) * LETTER + ROW;
    int back = 0;
    int on = 0;
    for (int from = 0; from < states.size(); from++) {
      for (int to : targets(states.get(from), names)) {
        back = Math.max(back, to < from ? reach(from, to) : 0);
        on = Math.max(on, to == from || to > from + 1 ? reach(from, to) : 0);
      }
    }
    int left = EDGE + back;
    int right = left + wide;
    List<Box> boxes = new ArrayList<>();
    List<Arrow> arrows = new ArrayList<>();
    for (int from = 0; from < states.size(); from++) {
      Shown state = states.get(from);
      String name = names.get(from);
      boxes.add(
          new Box(
              name,
              left,
              from * ROW + EDGE,
              wide,
              BOX,
              state.is("finishes"),
              name.equals(current)));
      for (int to : targets(state, names)) {
        String said = name + " → " + names.get(to);
        arrows.add(
            to == from + 1
                ? straight(left + wide / 2, bottom(from), top(to), said)
                : to < from ? arc(left, -1, from, to, said) : arc(right, 1, from, to, said));
      }
    }
    int height = Math.max(0, states.size() - 1) * ROW + BOX + 2 * EDGE;
    return new Diagram(right + on + EDGE, height, List.copyOf(boxes), List.copyOf(arrows));
  }

  /* What is built in is in no drawing. */
  private static List<Integer> targets(Shown state, List<String> names) {
    List<String> to = state.texts("to");
    return IntStream.range(0, names.size()).filter(i -> to.contains(names.get(i))).boxed().toList();
  }

  private static int top(int row) {
    return row * ROW + EDGE;
  }

  private static int bottom(int row) {
    return top(row) + BOX;
  }

  private static int reach(int from, int to) {
    return ARC + FURTHER * Math.max(0, Math.abs(to - from) - 2);
  }

  private static Arrow straight(int x, int from, int to, String said) {
    return new Arrow(
        "M%d %dV%d".formatted(x, from, to - 6), "M%d %dl-5 -8h10z".formatted(x, to), said);
  }

  /* It leaves below the middle of a box and arrives above it, so that two of them do not meet. */
  private static Arrow arc(int x, int side, int from, int to, String said) {
    int out = x + side * reach(from, to);
    int begin = top(from) + BOX * 2 / 3;
    int end = top(to) + BOX / 3;
    return new Arrow(
        "M%d %dC%d %d %d %d %d %d".formatted(x, begin, out, begin, out, end, x + side * 6, end),
        "M%d %dl%d -5v10z".formatted(x, end, side * 8),
        said);
  }
}
