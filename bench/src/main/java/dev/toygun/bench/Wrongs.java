package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What was not as it should be: any of it makes a run invalid. */
public final class Wrongs {
  private final List<String> all = new ArrayList<>();

  /** Something is wrong unless two numbers are the same. */
  public void unless(String what, long meant, long is) {
    if (meant != is) {
      all.add("%s: %,d instead of %,d".formatted(what, is, meant));
    }
  }

  /** Something is wrong. */
  public void add(String what) {
    all.add(what);
  }

  /** Adds them as the array {@code wrong}. */
  public void tell(ObjectNode figures) {
    ArrayNode wrong = figures.putArray("wrong");
    all.forEach(wrong::add);
  }
}
