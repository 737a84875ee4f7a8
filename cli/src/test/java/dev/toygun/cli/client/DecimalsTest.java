package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decimals are sent and shown as they are. */
class DecimalsTest {
  private static final String TYPE =
      """
      {"fields": [{"name": "amount", "type": "decimal"}, {"name": "count", "type": "integer"},
                  {"name": "rates", "type": "list<decimal>"}]}""";
  private static final String INVOICE =
      """
      {"type": "invoice", "label": "x", "uuid": "u", "active": true, "state": "open",
       "field_types": {"amount": "decimal"}, "fields": {"amount": %s}}""";

  private final FakeApi api;
  private volatile String amount = "1.10";

  DecimalsTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, this::answer);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private FakeApi.Answer answer(FakeApi.Asked asked) {
    String invoice = INVOICE.formatted(amount);
    return FakeApi.Answer.ok(
        asked.target().startsWith("/v1/types/")
            ? TYPE
            : asked.target().contains("filter=label") ? "{\"items\": [" + invoice + "]}" : invoice);
  }

  private String sent() {
    return api.asked.get(api.asked.size() - 1).body();
  }

  @Test
  void aDecimalIsSentAsItWasWritten() {
    assertThat(api.run("create", "invoice", "x", "amount=12345678901234567.89").code()).isZero();
    assertThat(sent()).contains("\"amount\":\"12345678901234567.89\"");
    api.run("create", "invoice", "x", "amount=1.10");
    assertThat(sent()).contains("\"amount\":\"1.10\"");
  }

  @Test
  void soAreThoseWithinAList() {
    api.run("create", "invoice", "x", "rates=[1.10, 12345678901234567.89]");
    assertThat(sent()).contains("\"rates\":[1.10,12345678901234567.89]");
  }

  @Test
  void whatFollowsAValueIsNotDropped() {
    FakeApi.Said said = api.run("create", "invoice", "x", "count=12 34");
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("count: a whole number is expected, such as 3");
  }

  @Test
  void aDecimalIsShownAsTheApiSaysIt() {
    for (String number : List.of("12345678901234567.89", "1.10", "1E+400")) {
      amount = number;
      assertThat(api.run("get", "invoice", "x", "-o", "json").out())
          .contains("\"amount\" : " + number + "\n");
      assertThat(api.run("get", "invoice", "x", "-o", "yaml").out())
          .contains("amount: " + number + "\n");
      assertThat(api.run("get", "invoice", "x", "-o", "wide").out()).contains("amount=" + number);
      assertThat(api.run("describe", "invoice", "x").out()).contains(number);
    }
  }
}
