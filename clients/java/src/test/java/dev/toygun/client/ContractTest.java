package dev.toygun.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Each operation is reached, and nothing is sent that the contract does not have. */
@TestInstance(Lifecycle.PER_CLASS)
class ContractTest {
  /* What nobody can say: it only saves a body, and the caller would have to keep the last one. */
  private static final Set<String> NOT_SENT = Set.of("If-None-Match");

  private static final Set<String> OF_HTTP =
      Set.of(
          "accept",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "host",
          "user-agent");

  private final Contract contract = Contract.load();
  private final List<Peer.Asked> asked = new ArrayList<>();
  private final Map<Contract.Described, List<Peer.Asked>> reached = new HashMap<>();

  ContractTest() throws IOException {
    try (Peer peer = Peer.answering(ContractTest::answer);
        Toygun toygun = peer.client().build()) {
      EveryCall.CALLS.forEach(call -> call.accept(toygun));
      Toygun dry = toygun.dry();
      EveryCall.CHECKS.forEach(call -> call.accept(dry));
      asked.addAll(peer.asked);
    }
    for (Peer.Asked one : asked) {
      reached.computeIfAbsent(contract.operation(one), name -> new ArrayList<>()).add(one);
    }
  }

  private static Peer.Said answer(Peer.Asked asked) {
    if (asked.target().startsWith("/v1/events")) {
      return Peer.stream("id: e.1.1");
    }
    boolean more = asked.target().contains("page_size=5") && !asked.target().contains("page_token");
    return Peer.said(
        200,
        """
        {"items": [], "next_page_token": %s, "counts": {}, "value": "x"}"""
            .formatted(more ? "\"next\"" : "null"));
  }

  @Test
  void everyOperationIsReachedByAMethod() {
    assertThat(reached.keySet())
        .extracting(Contract.Described::name)
        .containsExactlyInAnyOrderElementsOf(contract.names());
  }

  @Test
  void theTableOfOperationsIsTheContracts() {
    Set<String> table = new HashSet<>();
    for (Operation one : Operation.values()) {
      String method = one.method().toLowerCase(Locale.ROOT);
      JsonNode json = contract.document().path("paths").path(one.path()).path(method);
      String name = json.path("operationId").asText();
      Contract.Described described = new Contract.Described(name, json);
      assertThat(one.once())
          .as(name)
          .isEqualTo(contract.parameters(described, "header").contains("Idempotency-Key"));
      assertThat(one.dry())
          .as(name)
          .isEqualTo(contract.parameters(described, "query").contains("validate_only"));
      table.add(name);
    }
    assertThat(table).isEqualTo(contract.names());
  }

  @Test
  void whatIsSentIsInTheContract() {
    reached.forEach(
        (operation, requests) -> {
          Set<String> query = contract.parameters(operation, "query");
          Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
          headers.addAll(contract.parameters(operation, "header"));
          JsonNode body = contract.body(operation);
          for (Peer.Asked one : requests) {
            assertThat(query).as(operation.name()).containsAll(Contract.query(one));
            assertThat(one.headers().keySet())
                .as(operation.name())
                .allMatch(name -> OF_HTTP.contains(name) || headers.contains(name));
            if (one.body().isEmpty()) {
              assertThat(body.path("required")).as(operation.name()).isEmpty();
            } else {
              Set<String> names = names(sent(one));
              assertThat(names(body.path("properties"))).as(operation.name()).containsAll(names);
              body.path("required").forEach(needed -> assertThat(names).contains(needed.asText()));
            }
          }
        });
  }

  @Test
  void whatTheContractHasCanBeSent() {
    reached.forEach(
        (operation, requests) -> {
          Set<String> query = new HashSet<>();
          Set<String> headers = new HashSet<>(NOT_SENT);
          Set<String> body = new HashSet<>();
          for (Peer.Asked one : requests) {
            query.addAll(Contract.query(one));
            contract.parameters(operation, "header").stream()
                .filter(name -> one.header(name) != null)
                .forEach(headers::add);
            body.addAll(names(sent(one)));
          }
          assertThat(query)
              .as(operation.name())
              .containsAll(contract.parameters(operation, "query"));
          assertThat(headers)
              .as(operation.name())
              .containsAll(contract.parameters(operation, "header"));
          assertThat(body)
              .as(operation.name())
              .containsAll(names(contract.body(operation).path("properties")));
        });
  }

  @Test
  void aChangeThatMayBeRepeatedHasANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    for (Peer.Asked one : asked) {
      String name = one.header("Idempotency-Key");
      if (name != null) {
        names.add(name);
      }
    }
    assertThat(names).hasSizeGreaterThan(30).doesNotHaveDuplicates();
  }

  @Test
  void everyRequestHasTheKeyAndAcceptsJson() {
    assertThat(asked)
        .allSatisfy(
            one -> {
              assertThat(one.header("Authorization")).isEqualTo("Bearer " + Peer.KEY);
              assertThat(one.header("Accept"))
                  .isEqualTo(
                      one.target().startsWith("/v1/events")
                          ? "text/event-stream"
                          : "application/json");
            });
  }

  @Test
  void conditionsOfAListAreSentTogether() {
    Peer.Asked list =
        asked.stream()
            .filter(one -> one.target().contains("uuid_prefix"))
            .findFirst()
            .orElseThrow();
    assertThat(URI.create(list.target()).getQuery())
        .contains("filter=label=x")
        .contains("filter=state=quiet")
        .contains("filter=parent=" + EveryCall.R.uuid())
        .contains("filter=availability=online")
        .contains("filter=fields.a=1")
        .contains("filter=fields.b=two");
  }

  @Test
  void namesAreEscapedAndAskedForBeforeAnythingIsSent() throws IOException {
    try (Peer peer = Peer.answering(ContractTest::answer);
        Toygun toygun = peer.client().build()) {
      toygun.tasks().start(NamedResource.of("a/b:c?", EveryCall.R.uuid()), "ü");
      String target = peer.asked.get(0).target();
      assertThat(target).doesNotContain("?").doesNotContain("c:").endsWith("/tasks/%C3%BC");
      assertThat(URI.create(target).getPath()).contains("/a/b:c?/");
      for (String nothing : List.of("", "..", ".")) {
        assertThatThrownBy(() -> toygun.types().get(nothing))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("a type is expected");
      }
      assertThatThrownBy(
              () -> toygun.resources().retry(EveryCall.R, Options.reason("a"), Options.reason("b")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("reason: it is given twice");
      assertThat(peer.asked).hasSize(1);
    }
  }

  private static JsonNode sent(Peer.Asked asked) {
    String body = asked.body().isEmpty() ? "{}" : asked.body();
    return Json.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
