package dev.toygun.crypto;

import java.util.List;

/** The keychain cannot be used. The message lists everything wrong with it, and no key. */
public final class BrokenKeychain extends IllegalArgumentException {
  private final List<String> problems;

  BrokenKeychain(List<String> problems) {
    super(
        "TOYGUN_KEYCHAIN is broken: "
            + String.join("; ", problems)
            + ". Expected {\"0\":\"<fernet key>\", \"1\":…}: ids count up from 0, a key is 32"
            + " bytes in URL-safe Base64");
    this.problems = List.copyOf(problems);
  }

  /** Each thing wrong, for a start-up report that gathers them with others. */
  public List<String> problems() {
    return problems;
  }
}
