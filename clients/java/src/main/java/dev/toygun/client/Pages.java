package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The items of one page after the other. */
final class Pages<T> implements Iterator<T> {
  private final Function<String, JsonNode> page;
  private final Function<JsonNode, T> item;
  private Iterator<JsonNode> items = Collections.emptyIterator();
  private @Nullable String token = "";

  /**
   * @param page the page behind a token, which is empty for the first one
   */
  Pages(Function<String, JsonNode> page, Function<JsonNode, T> item) {
    this.page = page;
    this.item = item;
  }

  @Override
  public boolean hasNext() {
    while (!items.hasNext() && token != null) {
      JsonNode next = page.apply(token);
      items = next.path("items").elements();
      token = next.path("next_page_token").textValue();
    }
    return items.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list is over");
    }
    return item.apply(items.next());
  }
}
