package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Somebody who does work that is measured, with a database of its own. Its methods block. */
public interface Contestant extends AutoCloseable {
  /** How many callers start jobs one by one. */
  int CALLERS = 32;

  /** What it does of a workload, in this order. */
  List<Act> acts(Work work);

  /**
   * Does it: makes ready, says so, works, and looks at its rows.
   *
   * @param ready called once, when everything is there and the work is about to begin; returns when
   *     it may
   * @return {@code units} and {@code seconds}, and other figures of its own; in {@code wrong} an
   *     array of what was not as it should be
   * @throws Exception where it could not be done at all
   */
  ObjectNode perform(Work work, Act act, Runnable ready) throws Exception;

  /** The processes that do it, beside the servers. */
  Map<Role, List<Long>> processes();

  /** What a process is for. */
  enum Role {
    WORKER,
    CLOCK,
    API,
    /** Who starts things from outside, where that is not the worker itself. */
    CLIENT
  }

  @Override
  void close() throws IOException, SQLException;
}
