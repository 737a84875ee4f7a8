package dev.toygun.api.pages;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a page is: the same URL as its JSON.
 *
 * @param path as it was asked for
 * @param query without what is empty
 */
public record Url(String path, Map<String, List<String>> query) {
  /** What has this name below a path. */
  public static Url to(String path, String name) {
    return new Url(path + encoded(name), Map.of());
  }

  /** The same, asked this too. */
  public Url with(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(query);
    more.put(name, List.of(value));
    return new Url(path, more);
  }

  /** The same, not asked this. */
  public Url without(String name) {
    Map<String, List<String>> less = new LinkedHashMap<>(query);
    less.remove(name);
    return new Url(path, less);
  }

  /** The last part of its path. */
  public String name() {
    return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
  }

  /** The part of its path in this place, the first being 1. */
  public String part(int place) {
    return URLDecoder.decode(path.split("/", -1)[place], StandardCharsets.UTF_8);
  }

  /** What was asked under this name; empty for nothing. */
  public String asked(String name) {
    List<String> all = query.getOrDefault(name, List.of());
    return all.isEmpty() ? "" : all.get(0);
  }

  /** As a link has it. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>();
    query.forEach(
        (name, values) -> values.forEach(value -> all.add(encoded(name) + "=" + encoded(value))));
    return all.isEmpty() ? path : path + "?" + String.join("&", all);
  }

  /** One part of a path, or of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
