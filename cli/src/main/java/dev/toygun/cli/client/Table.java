package dev.toygun.cli.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Lines of columns, as wide as they have to be, and cut where the screen ends. */
public final class Table {
  private static final int GAP = 2;
  private static final int LEAST = 6;

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<String> onlyWide = new HashSet<>();
  private final int[] least;
  private final boolean bare;

  /**
   * @param heads of the columns
   */
  public Table(String... heads) {
    this(new int[heads.length], false);
    rows.add(List.of(heads));
  }

  private Table(int[] least, boolean bare) {
    this.least = least;
    this.bare = bare;
  }

  /** A table without heads, whose columns are at least so wide. */
  static Table bare(int... least) {
    return new Table(least, true);
  }

  /** Has these columns shown only where there is room for all. */
  Table onlyWide(String... heads) {
    onlyWide.addAll(List.of(heads));
    return this;
  }

  /** Adds a line. */
  public Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(Words::oneLine).toList());
    return this;
  }

  /** Whether there is nothing but the heads. */
  public boolean isEmpty() {
    return rows.size() == (bare ? 0 : 1);
  }

  /**
   * The table as text, each line ended.
   *
   * @param width no line is longer; the widest columns are cut to fit
   */
  public String text(int width) {
    if (bare || onlyWide.isEmpty()) {
      return text(rows, width);
    }
    int[] shown =
        IntStream.range(0, least.length)
            .filter(i -> !onlyWide.contains(rows.get(0).get(i)))
            .toArray();
    return text(
        rows.stream().map(row -> Arrays.stream(shown).mapToObj(row::get).toList()).toList(), width);
  }

  /** All of it, and nothing cut. */
  String wide() {
    return text(rows, Screen.ENDLESS);
  }

  private String text(List<List<String>> rows, int width) {
    int[] widths = fit(rows, width);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = cut(row.get(i), widths[i]);
        line.append(cell).append(" ".repeat(widths[i] - cell.length() + GAP));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] fit(List<List<String>> rows, int width) {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = Arrays.copyOf(least, columns);
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    int room = width - GAP * (columns - 1);
    // The widest gives way first, down to the next widest, until all fit.
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < columns; i++) {
        widest = widths[i] >= widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static String cut(String cell, int width) {
    return cell.length() <= width ? cell : cell.substring(0, Math.max(0, width - 1)) + "…";
  }
}
