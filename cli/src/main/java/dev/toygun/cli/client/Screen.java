package dev.toygun.cli.client;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How wide lines may be: {@code bin/toygun} tells how many columns a terminal has. */
public final class Screen {
  /** There is no screen: a pipe or a file takes lines of any length. */
  static final int ENDLESS = Integer.MAX_VALUE / 2;

  private static final Pattern COLUMNS = Pattern.compile("0*[1-9][0-9]{0,5}");

  private Screen() {}

  /** Where lines are cut. */
  public static int width() {
    return width(System.getenv("COLUMNS"));
  }

  static int width(@Nullable String columns) {
    return columns != null && COLUMNS.matcher(columns).matches()
        ? Integer.parseInt(columns)
        : ENDLESS;
  }
}
