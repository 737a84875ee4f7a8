package dev.toygun.store;

/** The database answers, and is not one to work on: its message says why, and what to do. */
public sealed class WrongDatabase extends RuntimeException
    permits WrongSchema, WrongDatabase.ReadsOnly {
  private static final long serialVersionUID = 1;

  WrongDatabase(String message) {
    super(message, null, false, false);
  }

  /** Another one may be found under its name. */
  static final class ReadsOnly extends WrongDatabase {
    private static final long serialVersionUID = 1;

    ReadsOnly(String why) {
      super("the database takes no writes (%s): connect to one that does".formatted(why));
    }
  }
}
