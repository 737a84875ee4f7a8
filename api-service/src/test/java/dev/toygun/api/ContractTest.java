package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.api.pages.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContractTest {
  private final Contract contract = Contract.load();

  @Test
  void everyOperationHasAnIdOfItsOwnAndSaysWhoMayUseIt() {
    Set<String> ids = new HashSet<>();
    for (Contract.Operation operation : contract.operations()) {
      assertThat(ids.add(operation.id())).as(operation.id()).isTrue();
      boolean open = List.of("health", "ready").contains(operation.id());
      assertThat(operation.role().isEmpty()).as(operation.id()).isEqualTo(open);
    }
  }

  @Test
  void whatChangesNeedsMoreThanAViewer() {
    for (Contract.Operation operation : contract.operations()) {
      if (operation.changes()) {
        assertThat(Role.VIEWER.allows(operation.role().orElseThrow())).as(operation.id()).isFalse();
      }
    }
  }

  @Test
  void theContractSaysWhichOperationsHaveAPage() {
    Set<String> said = new HashSet<>();
    JsonObject paths = contract.document().getJsonObject("paths");
    for (Contract.Operation operation : contract.operations()) {
      JsonObject declared =
          paths
              .getJsonObject(operation.path())
              .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
      if (declared.getBoolean("x-page", false)) {
        said.add(operation.id());
      }
    }
    assertThat(said)
        .isEqualTo(Arrays.stream(Page.values()).map(Page::operation).collect(Collectors.toSet()));
  }

  @Test
  void everyParameterOfAPathIsDeclared() {
    for (Contract.Operation operation : contract.operations()) {
      List<String> declared =
          operation.parameters().stream()
              .filter(p -> p.in() == Contract.Parameter.In.PATH)
              .map(p -> "{" + p.name() + "}")
              .toList();
      String rest = operation.path();
      for (String name : declared) {
        assertThat(rest).contains(name);
        rest = rest.replace(name, "");
      }
      assertThat(rest).doesNotContain("{");
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(contract.document()))
        .isNotEmpty()
        .allSatisfy(
            ref -> assertThat(contract.resolve(new JsonObject().put("$ref", ref))).isNotNull());
  }

  private static List<String> references(Object value) {
    if (value instanceof JsonObject object) {
      return object.stream()
          .flatMap(
              e ->
                  e.getKey().equals("$ref")
                      ? java.util.stream.Stream.of((String) e.getValue())
                      : references(e.getValue()).stream())
          .toList();
    }
    return value instanceof io.vertx.core.json.JsonArray array
        ? array.stream().flatMap(one -> references(one).stream()).toList()
        : List.of();
  }

  @Test
  void anActionWithoutAnOperationIsRefusedAtTheStart() {
    Map<String, Action> actions =
        Map.of("inventEverything", call -> Future.failedFuture("never called"));
    assertThatThrownBy(() -> ApiRouter.complete(contract, actions))
        .hasMessageContaining("inventEverything")
        .hasMessageContaining("listResources");
  }

  @Test
  void aWrongBodyIsPointedAtWhereItIsWrong() {
    Contract.Operation create =
        contract.operations().stream()
            .filter(o -> o.id().equals("createResource"))
            .findFirst()
            .orElseThrow();
    JsonObject body = new JsonObject().put("labell", "x").put("parent", "abc").put("reason", 7);
    assertThat(Bodies.wrong(create.body().orElseThrow().validator(), body))
        .extracting(Problem.Wrong::pointer)
        .containsExactlyInAnyOrder("/labell", "/parent", "/reason");
  }
}
