package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Decimals come out as they went in, on each way there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecimalsTest {
  private static final String SERVERS = "/v1/resources/server";
  private static final List<String> EXACT =
      List.of("12345678901234567.89", "1.10", "100", "-1.00E-30", "1E+3");

  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A body whose price, or spec, is just this text. */
  private static String body(String label, String name, String value) {
    return "{\"label\":\"%s\",\"fields\":{\"address\":\"http://a/\",\"%s\":%s}}"
        .formatted(label, name, value);
  }

  private Http.Reply make(String body, String... headers) {
    return http.send("POST", SERVERS, body, headers);
  }

  private List<String> stored(Http.Reply made) {
    return rig.rows(
        "select attrs #>> '{price,Decimal}' from resources where uuid = '%s'"
            .formatted(made.uuid()));
  }

  @Test
  void aNumberKeepsItsDigitsAndItsScale() {
    for (String price : EXACT) {
      Http.Reply made = make(body("number " + price, "price", price)).expect(201);
      assertThat(made.text()).contains("\"price\":" + price + "}");
      assertThat(http.get(made.header("Location")).text()).contains("\"price\":" + price + "}");
      assertThat(stored(made)).containsExactly(price);
    }
  }

  @Test
  void theTextOfANumberIsTakenAsIfItWereOne() {
    for (String price : EXACT) {
      Http.Reply made = make(body("text " + price, "price", "\"" + price + "\"")).expect(201);
      assertThat(made.text()).contains("\"price\":" + price + "}");
      assertThat(stored(made)).containsExactly(price);
    }
  }

  @Test
  void aChangeKeepsThemToo() {
    Http.Reply made = make(body("changed", "price", "1")).expect(201);
    Http.Reply changed =
        http.send("PATCH", made.header("Location"), "{\"fields\":{\"price\":1.10}}").expect(200);
    assertThat(changed.text()).contains("\"price\":1.10}");
    assertThat(changed.header("ETag")).isNotEqualTo(made.header("ETag"));
    assertThat(stored(made)).containsExactly("1.10");
  }

  @Test
  void numbersOfDecoratedJsonAndInJsonKeepThemToo() {
    Http.Reply decorated =
        make(
                body("decorated", "price", "12345678901234567.890"),
                "Content-Type",
                "application/decorated-json")
            .expect(201);
    assertThat(stored(decorated)).containsExactly("12345678901234567.890");
    Http.Reply within = make(body("within", "spec", "{\"limits\":[1.10]}")).expect(201);
    assertThat(within.text()).contains("{\"limits\":[1.10]}");
  }

  @Test
  void anAnswerThatIsRepeatedIsTheSame() {
    String body = body("repeated", "price", "12345678901234567.89");
    Http.Reply first = make(body, "Idempotency-Key", "d1").expect(201);
    Http.Reply second = make(body, "Idempotency-Key", "d1").expect(201);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.text()).isEqualTo(first.text());
    make(body.replace(".89", ".88"), "Idempotency-Key", "d1")
        .problem(422, "idempotency_key_reused");
  }

  @Test
  void aDecimalIsFoundAsItIsWritten() {
    make(body("found", "price", "77.1234567890123456789")).expect(201);
    String filter = SERVERS + "?filter=fields.price%3D77.123456789012345678";
    assertThat(http.get(filter + "9").expect(200).body().getJsonArray("items")).hasSize(1);
    assertThat(http.get(filter + "8").expect(200).body().getJsonArray("items")).isEmpty();
  }

  @Test
  void aMillionDigitsAreRefusedAtOnce() {
    String many = "[{\"Integer\":\"%s\"}]".formatted("7".repeat(1_000_000));
    make(body("many", "spec", many), "Content-Type", "application/decorated-json")
        .problem(422, "invalid")
        .pointsAt("/fields/spec", "1,000 digits");
  }

  @Test
  void aNumberThatWouldFillTheMemoryIsRefused() {
    String many = "1" + "0".repeat(1_000);
    for (String huge : List.of("1e1000000000", "-1e-1000000000", "1e99999999999", many)) {
      make(body("huge", "price", "\"" + huge + "\""))
          .problem(422, "invalid")
          .pointsAt("/fields/price", "1,000 digits");
      make(
              body("huge", "price", "{\"Decimal\":\"" + huge + "\"}"),
              "Content-Type",
              "application/decorated-json")
          .problem(422, "invalid");
      make(
              body("huge", "spec", "[{\"Decimal\":\"" + huge + "\"}]"),
              "Content-Type",
              "application/decorated-json")
          .problem(422, "invalid");
      assertThat(make(body("huge", "price", huge)).status()).as(huge).isBetween(400, 422);
      assertThat(make(body("huge", "spec", "[" + huge + "]")).status())
          .as(huge)
          .isBetween(400, 422);
      assertThat(make("{\"label\":" + huge + "}").status()).as(huge).isBetween(400, 422);
      http.get(SERVERS + "?filter=fields.price%3D" + huge.replace("+", "%2B"))
          .problem(400, "bad_parameter");
    }
    String server = make(body("steps", "price", "1e1000")).expect(201).header("Location");
    http.send("POST", server + ":rewind", "{\"step\":1e1000000000}").problem(400, "bad_json");
    assertThat(http.send("POST", server + ":rewind", "{\"step\":1e1000}").status())
        .isBetween(400, 422);
  }
}
