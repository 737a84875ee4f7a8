package dev.toygun.store;

/** The database has other tables than this build knows: none, older or newer ones. */
public final class WrongSchema extends WrongDatabase {
  private static final long serialVersionUID = 1;

  WrongSchema(String message) {
    super(message);
  }
}
