package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.TypeDefinition.FieldDefinition;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values that are stored, and break a constraint. */
class MisfitsTest {
  private final Misfits misfits =
      new Misfits(
          "thing",
          List.of(
              new FieldDefinition(
                  "size",
                  "text",
                  false,
                  false,
                  null,
                  List.of("scale"),
                  "{\"one_of\":[\"s\"]}",
                  false,
                  false),
              new FieldDefinition(
                  "level", "integer", false, false, "0", List.of(), "{\"min\":1}", false, false),
              new FieldDefinition("free", "text", false, false, null, List.of())));

  @Test
  void eachFieldIsCountedWithSomeOfItsRows() {
    for (int i = 0; i < 5; i++) {
      misfits.add(new UUID(0, i), "{\"scale\": \"v" + i + "\", \"level\": 1, \"free\": \"x\"}");
    }
    misfits.add(new UUID(0, 7), "{\"size\": \"s\", \"level\": 0}");
    misfits.add(new UUID(0, 8), "{\"level\": null}");
    assertThat(misfits.said())
        .satisfiesExactly(
            said ->
                assertThat(said)
                    .startsWith(
                        "5 rows: field size of thing: one of s is expected, not 'v0'; one of")
                    .contains("not 'v2'")
                    .doesNotContain("not 'v3'")
                    .contains(new UUID(0, 2).toString())
                    .doesNotContain(new UUID(0, 3).toString()),
            said ->
                assertThat(said)
                    .startsWith("1 rows: field level of thing: at least 1 is expected, not 0")
                    .contains(new UUID(0, 7).toString()));
  }

  @Test
  void whatFitsIsNotMentioned() {
    misfits.add(new UUID(0, 1), "{\"size\": \"s\", \"level\": 5}");
    assertThat(misfits.said()).isEmpty();
  }
}
