package dev.toygun.client;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a list of the API has. Nothing is asked for before it is needed: each iterator begins with
 * the first page, and asks for the next one where the one before is used up, by keyset: what is
 * made or ends meanwhile repeats nothing and leaves nothing else out. What goes wrong is thrown
 * there. An iterator is for one thread, and a request is made for each page (at most 5 tries).
 *
 * @param <T> what it has
 */
public interface Listing<T> extends Iterable<T> {
  /** The same as a stream, which is as lazy. */
  default Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }
}
