package dev.toygun.cli;

import dev.toygun.service.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code toygun --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"toygun " + Build.id()};
  }
}
