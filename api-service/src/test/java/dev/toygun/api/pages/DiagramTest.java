package dev.toygun.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a machine is drawn. */
class DiagramTest {
  private static Shown state(String name, String... to) {
    return Shown.of(new JsonObject().put("name", name).put("to", new JsonArray(List.of(to))));
  }

  @Test
  void eachStateIsABoxBelowTheLastOneAndTheCurrentOneIsMarked() {
    Diagram diagram = Diagram.of(List.of(state("a", "b"), state("b", "c"), state("c")), "b");
    assertThat(diagram.boxes()).extracting(Diagram.Box::name).containsExactly("a", "b", "c");
    assertThat(diagram.boxes()).extracting(Diagram.Box::y).isSorted().doesNotHaveDuplicates();
    assertThat(diagram.boxes())
        .extracting(Diagram.Box::current)
        .containsExactly(false, true, false);
    assertThat(diagram.boxes()).allMatch(box -> box.y() + box.height() <= diagram.height());
  }

  @Test
  void everyMoveIsAnArrowAndNoneLeavesTheDrawing() {
    Diagram diagram =
        Diagram.of(
            List.of(
                state("a", "b", "c", "d"),
                state("b", "a", "b"),
                state("c", "d", "__stop__"),
                state("d", "a")),
            "");
    assertThat(diagram.arrows())
        .extracting(Diagram.Arrow::said)
        .containsExactlyInAnyOrder("a → b", "a → c", "a → d", "b → a", "b → b", "c → d", "d → a");
    assertThat(diagram.arrows())
        .allSatisfy(
            arrow ->
                assertThat(
                        java.util.Arrays.stream(arrow.line().split("[MCV ]"))
                            .filter(number -> !number.isEmpty())
                            .mapToInt(Integer::parseInt))
                    .allMatch(n -> n >= 0)
                    .allMatch(n -> n <= Math.max(diagram.width(), diagram.height())));
  }

  @Test
  void nothingIsDrawnOfNoStates() {
    Diagram diagram = Diagram.of(List.of(), "");
    assertThat(diagram.boxes()).isEmpty();
    assertThat(diagram.arrows()).isEmpty();
  }
}
