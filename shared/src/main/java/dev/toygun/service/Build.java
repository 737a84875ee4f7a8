package dev.toygun.service;

import java.util.Optional;

/** Which build this is. */
public final class Build {
  private Build() {}

  /** The version that the jar names; {@code dev} where the classes come from no jar. */
  public static String id() {
    return Optional.ofNullable(Build.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
