package dev.toygun.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this process runs on. */
public final class Host {
  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST = 253;

  private Host() {}

  /** Its name, as its kernel has it: no name server is asked. Empty where that is not known. */
  public static String name() {
    try {
      String name = Files.readString(NAME).strip();
      return name.substring(0, Math.min(LONGEST, name.length()));
    } catch (IOException e) {
      return "";
    }
  }
}
