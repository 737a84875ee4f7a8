package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a body that does not fit the contract, in the words of the product. */
class ExpectedTest {
  private static final Contract CONTRACT = Contract.load();

  private static List<Problem.Wrong> wrong(String operation, JsonObject body) {
    Contract.Operation found =
        CONTRACT.operations().stream()
            .filter(o -> o.id().equals(operation))
            .findFirst()
            .orElseThrow();
    return Bodies.wrong(found.body().orElseThrow().validator(), body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "action | \"explode\" | one of start, stop, abort, retry, signal, delete, set is expected, not \"explode\"",
        "action | 7 | one of start, stop, abort, retry, signal, delete, set is expected, not 7",
        "canary | \"many\" | a whole number is expected, not text",
        "canary | 1.5 | a whole number is expected, not a number",
        "canary | null | a whole number is expected, not null",
        "canary | -1 | 0 or more is expected, not -1",
        "halt_share | 101 | 100 at most is expected, not 101",
        "task | \"\" | text that is not empty is expected",
        "filter | \"state=up\" | a list is expected, not text",
        "args | [] | an object is expected, not a list",
        "rate | \"often\" | text of the form that /openapi.json gives is expected",
      })
  void whatIsWrongIsSaidWithWhatIsExpected(String name, String value, String words) {
    JsonObject body =
        new JsonObject("{\"type\": \"app\", \"action\": \"start\", \"task\": \"report\"}")
            .mergeIn(new JsonObject("{\"%s\": %s}".formatted(name, value)));
    assertThat(wrong("createBulk", body)).contains(new Problem.Wrong("/" + name, words));
  }

  @Test
  void aListIsAsLongAsTheContractHasIt() {
    JsonObject body = new JsonObject().put("type", "app").put("action", "start");
    body.put("filter", Collections.nCopies(21, "state=up"));
    assertThat(wrong("createBulk", body))
        .containsExactly(
            new Problem.Wrong("/filter", "a list of 20 at most is expected, not of 21"));
  }

  @Test
  void whatIsLongIsCutAndNoneOfATextThatMayBeSecretIsShown() {
    JsonObject body = new JsonObject().put("type", "x".repeat(201)).put("action", "e".repeat(100));
    assertThat(wrong("createBulk", body))
        .extracting(Problem.Wrong::detail)
        .containsExactlyInAnyOrder(
            "text of 200 characters at most is expected, not of 201",
            "one of start, stop, abort, retry, signal, delete, set is expected, not \"%s…"
                .formatted("e".repeat(59)));
  }
}
