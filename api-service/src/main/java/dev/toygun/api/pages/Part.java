package dev.toygun.api.pages;

import java.util.List;
import java.util.Map;

/**
 * What a page asks of the API.
 *
 * @param operation of the contract
 * @param path what stands in its path
 * @param query what is asked
 */
public record Part(String operation, Map<String, String> path, Map<String, List<String>> query) {
  static Part of(String operation, Map<String, String> path) {
    return new Part(operation, path, Map.of());
  }

  Part with(String name, String value) {
    Map<String, List<String>> more = new java.util.TreeMap<>(query);
    more.put(name, List.of(value));
    return new Part(operation, path, more);
  }
}
