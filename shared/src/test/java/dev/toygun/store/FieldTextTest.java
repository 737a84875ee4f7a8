package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.TypeDefinition.FieldDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldTextTest {
  private static List<FieldDefinition> fields(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new FieldDefinition("f" + i, "duration", false, false, null, List.of()))
        .toList();
  }

  private static String said(int count) {
    Map<String, Object> sent = new TreeMap<>();
    fields(count).forEach(f -> sent.put(f.name(), Duration.ofSeconds(9)));
    return FieldValues.with(fields(count), "{\"f1\":{\"Duration\":\"PT1S\"}}", sent).said();
  }

  @Test
  void fiveFieldsAreToldInFullAndTheRestIsCounted() {
    assertThat(said(2)).isEqualTo("sets f1 to PT9S (was PT1S), sets f2 to PT9S");
    assertThat(said(5)).endsWith("sets f5 to PT9S");
    assertThat(said(7)).endsWith("sets f5 to PT9S, and 2 more");
  }

  @Test
  void whatStaysAsItWasIsNotTold() {
    Map<String, Object> same = Map.of("f1", Duration.ofSeconds(1));
    assertThat(FieldValues.with(fields(1), "{\"f1\":{\"Duration\":\"PT1S\"}}", same).said())
        .isEmpty();
  }
}
