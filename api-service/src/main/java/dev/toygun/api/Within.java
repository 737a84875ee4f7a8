package dev.toygun.api;

import java.util.Locale;

/**
 * How an operation is kept within what a key is limited to: its {@code x-within}. Whatever has a
 * type in its path is kept within that besides.
 */
enum Within {
  /** It says nothing of resources. */
  NOTHING,
  /** It is about all there is, so it is not for keys that are limited. */
  ALL,
  /** By the type in its path, and nothing else. */
  TYPE,
  /** Makes something below the resource that its body names. */
  CHILD,
  /** By the task, alarm, error or hold that its path names. */
  TASK,
  ALARM,
  ERROR,
  HOLD,
  /** By the alarm that its path names, and by the type whose runs its brake keeps waiting. */
  BRAKE,
  /** By the bulk run that its path names, which is of one type. */
  BULK,
  /** By what the hold is to hold that its body asks for. */
  NEW_HOLD,
  /** By the type of the bulk run that its body asks for. */
  NEW_BULK,
  /** By the resource that its {@code under} names, where it names one. */
  UNDER,
  /** A list: what is outside is left out of a page, by the name, the type or the resource of it. */
  ITEMS_BY_NAME,
  ITEMS_BY_TYPE,
  ITEMS_BY_RESOURCE,
  /** The list of holds: those that hold something within. */
  HOLDS,
  /** It asks for what is within itself. */
  ITSELF;

  /**
   * As the contract has it.
   *
   * @throws IllegalArgumentException if there is no such name
   */
  static Within of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
