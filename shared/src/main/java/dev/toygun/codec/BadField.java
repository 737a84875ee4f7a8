package dev.toygun.codec;

/**
 * A field has a value that it must not have. The message names both, but never a secret's value.
 */
public final class BadField extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public BadField(String message) {
    super(message);
  }

  /** What is wrong; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
