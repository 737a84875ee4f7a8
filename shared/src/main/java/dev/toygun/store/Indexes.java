package dev.toygun.store;

import io.vertx.core.Future;

/**
 * The index of the fields that types declare as indexed. Whoever writes a resource writes its
 * entries in the same commit; what was written before the field was indexed is written up here, and
 * until that is through, whoever filters by it reads all.
 */
public interface Indexes {
  /** Takes over which fields the newest versions of types have indexed. */
  Future<Void> declare();

  /**
   * Writes up a page of what is older than its field's index, or removes one of an index that no
   * type has any more.
   *
   * @param most how many resources
   * @return whether there may be more to do at once
   */
  Future<Boolean> fill(int most);
}
