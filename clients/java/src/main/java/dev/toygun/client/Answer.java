package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that the API gave. Its methods throw {@link java.util.NoSuchElementException} for what
 * is not in the answer: a change that was only checked ({@link Toygun#dry}) has no more than {@code
 * "valid": true}.
 */
public interface Answer {
  /**
   * The whole of it, as the API wrote it: a number has each of its digits, and a time is text. It
   * is not copied, so that what several threads read should not be changed; {@code deepCopy()} is
   * yours.
   */
  JsonNode json();
}
