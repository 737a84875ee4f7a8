package dev.toygun.examples.postgres;

import dev.toygun.Secret;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;

/**
 * The world outside, as these tasks see it: PostgreSQL servers on this machine. A directory stands
 * for a server. Whatever returns a future is for the event loop, all else blocks. Each method may
 * be called again after it was half done, and does the rest.
 */
interface Server {
  /** How a server looks to somebody who wants to use it. */
  enum Health {
    /** A query was answered. */
    ANSWERS,
    /** Its postmaster runs, but no query was answered in time. */
    SILENT,
    /** No postmaster runs. */
    GONE
  }

  /** Whom to be, and where. */
  record Login(String database, String username, Secret password) {}

  /** The directory that belongs to this token. Makes nothing. */
  String directory(String token);

  /** A port of the loopback interface that nobody listens on now. Makes nothing. */
  long freePort(String token) throws IOException;

  /** A password that nobody can guess. */
  Secret newPassword();

  /** Fills the directory, unless it is filled. */
  void initialise(String directory, Secret admin) throws IOException, InterruptedException;

  /**
   * Starts the server, unless it runs on this port already.
   *
   * @return the pid of its postmaster, or nothing where somebody else has the port
   */
  Optional<Long> start(String directory, long port) throws IOException, InterruptedException;

  /** Ends every process of the server. */
  void stop(String directory) throws IOException, InterruptedException;

  /** Removes the directory of a stopped server. */
  void remove(String directory) throws IOException;

  /** Looks, with a new connection and a query; never fails for what it sees. */
  Future<Health> look(String directory, long port, Login login);

  /**
   * Makes the login's role and database, unless they are there.
   *
   * @return the server's version
   */
  Future<String> createDatabase(long port, Secret admin, Login login);

  /** The login of the superuser. */
  static Login admin(Secret password) {
    return new Login("postgres", "postgres", password);
  }
}
