package dev.toygun.api.pages;

import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param title what it is about
 * @param who the key of whoever is signed in; null for nobody
 * @param role what that key may do
 * @param audits whether that key may read the audit
 * @param form what every form carries, so that it is known to be ours
 */
public record Frame(String title, @Nullable String who, String role, boolean audits, String form) {
  /**
   * Where else one can sign in.
   *
   * @param path of ours, that leads there
   * @param name what it is called
   */
  public record Elsewhere(String path, String name) {}

  /** For whoever is not signed in. */
  public static Frame of(String title, String form) {
    return new Frame(title, null, "", false, form);
  }

  /** The same, around another page. */
  public Frame about(String other) {
    return new Frame(other, who, role, audits, form);
  }
}
