package dev.toygun.codec;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toygun.Constraints;
import dev.toygun.Field;
import dev.toygun.FieldType;
import dev.toygun.Ref;
import dev.toygun.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What constraints allow, and what they say of what they do not. */
class ConstraintCheckTest {
  enum Size {
    SMALL,
    EXTRA_LARGE
  }

  private static <T> void takes(Field<T> field, Object value) {
    assertThat(ConstraintCheck.problem(field.constraints(), value)).as("%s", value).isEmpty();
  }

  private static <T> void refuses(Field<T> field, Object value, String said) {
    assertThat(ConstraintCheck.problem(field.constraints(), value)).hasValue(said);
  }

  @Test
  void oneOfNamesTheValuesThatThereAre() {
    Field<String> size = Field.text("size").oneOf("small", "large");
    takes(size, "large");
    refuses(size, "huge", "one of small, large is expected, not 'huge'");
    refuses(Field.integer("n").oneOf(1L, 2L), 3L, "one of 1, 2 is expected, not 3");
    Field<URI> mirror = Field.uri("mirror").oneOf(URI.create("http://a/"));
    takes(mirror, URI.create("http://a/"));
    refuses(mirror, URI.create("http://b/"), "one of http://a/ is expected, not http://b/");
    takes(Field.decimal("price").oneOf(new BigDecimal("1.10")), new BigDecimal("1.1"));
  }

  @Test
  void anEnumIsStoredAsStatesAre() {
    Field<String> size = Field.text("size").oneOf(Size.class);
    takes(size, "extra_large");
    refuses(size, "EXTRA_LARGE", "one of small, extra_large is expected, not 'EXTRA_LARGE'");
  }

  @Test
  void aBoundIsWithinItsRange() {
    Field<Long> port = Field.integer("port").min(1L).max(65_535L);
    takes(port, 1L);
    takes(port, 65_535L);
    refuses(port, 0L, "1 to 65535 is expected, not 0");
    refuses(Field.integer("n").min(1L), 0L, "at least 1 is expected, not 0");
    Field<BigDecimal> share = Field.decimal("share").max(new BigDecimal("1.0"));
    takes(share, new BigDecimal("1.00"));
    refuses(share, new BigDecimal("1.001"), "at most 1.0 is expected, not 1.001");
    Field<java.time.Duration> pause = Field.duration("pause").min(ofSeconds(1)).max(ofHours(1));
    takes(pause, ofMinutes(60));
    refuses(pause, ofMinutes(61), "PT1S to PT1H is expected, not PT1H1M");
    Field<Instant> since = Field.instant("since").min(Instant.EPOCH);
    refuses(
        since,
        Instant.EPOCH.minusNanos(1),
        "at least 1970-01-01T00:00:00Z is expected, not 1969-12-31T23:59:59.999999999Z");
  }

  @Test
  void aTextIsAsLongAsItHasCharactersWhateverTheyAreMadeOf() {
    Field<String> name = Field.text("name").length(2, 3);
    takes(name, "\ud83d\ude00\ud83d\ude00\ud83d\ude00");
    refuses(name, "a", "2 to 3 characters are expected, not 1");
    refuses(Field.text("n").length(3), "abcd", "at most 3 characters are expected, not 4");
    refuses(Field.text("n").length(3, 3), "ab", "exactly 3 characters are expected, not 2");
  }

  @Test
  void aCollectionIsAsLongAsItHasElements() {
    Field<List<Secret>> keys = Field.list("keys", Secret.class).length(1);
    takes(keys, List.of(Secret.of("canary")));
    refuses(
        keys,
        List.of(Secret.of("canary-1"), Secret.of("canary-2")),
        "at most 1 elements are expected, not 2");
    refuses(
        Field.map("m", String.class, Long.class).length(1, 2),
        Map.of(),
        "1 to 2 elements are expected, not 0");
  }

  @Test
  void theWholeOfATextMatches() {
    Field<String> name = Field.text("name").matching("[a-z]+");
    takes(name, "abc");
    refuses(name, "abc1", "text that matches [a-z]+ is expected, not 'abc1'");
    refuses(name, "abc\n", "text that matches [a-z]+ is expected, not 'abc\n'");
    refuses(name, "", "text that matches [a-z]+ is expected, not ''");
  }

  @Test
  void eachElementIsWhatAFieldTakes() {
    Field<java.util.Set<String>> zones =
        Field.set("zones", String.class).length(2).each(Field.text("zone").oneOf("a", "b"));
    takes(zones, new LinkedHashSet<>(List.of("a", "b")));
    refuses(
        zones,
        new LinkedHashSet<>(List.of("a", "c")),
        "element 2: one of a, b is expected, not 'c'");
    Field<Map<String, Long>> shares =
        Field.map("shares", String.class, Long.class)
            .each(Field.integer("share").max(100L).check(share -> share % 2 == 0));
    refuses(shares, Map.of("a", 101L), "element 1: at most 100 is expected, not 101");
    assertThat(shares.accepts(Map.of("a", 100L))).isTrue();
    assertThat(shares.accepts(Map.of("a", 99L))).as("it has the checks too").isFalse();
  }

  @Test
  void whatCameIsCutWhereItIsLong() {
    refuses(
        Field.text("name").matching("[a-z]+"),
        "\ud83d\ude00".repeat(50),
        "text that matches [a-z]+ is expected, not '" + "\ud83d\ude00".repeat(40) + "…'");
    String[] many = new String[30];
    for (int i = 0; i < many.length; i++) {
      many[i] = "v" + i;
    }
    assertThat(ConstraintCheck.problem(Field.text("v").oneOf(many).constraints(), "x"))
        .hasValueSatisfying(said -> assertThat(said).contains("v19 and 10 others is expected"));
  }

  @Test
  void noTextTakesLongToMatch() {
    Field<String> slow = Field.text("slow").matching("(.*a){12}b");
    String most = "a".repeat(Constraints.MOST_MATCHED);
    Field<List<String>> many = Field.list("many", String.class).each(slow);
    assertTimeoutPreemptively(
        ofSeconds(20),
        () -> {
          assertThat(ConstraintCheck.problem(slow.constraints(), most)).isPresent();
          refuses(slow, most + "b", "at most 4096 characters are expected, not 4097");
          refuses(
              many,
              java.util.Collections.nCopies(17, "a".repeat(4_095) + "b"),
              "elements of at most 65536 characters together are expected");
        });
  }

  @Test
  void whatIsExpectedIsSaidInWords() {
    assertThat(said(Field.text("a"))).isEmpty();
    assertThat(said(Field.text("a").length(1, 63).matching("[a-z]+")))
        .hasValue("1 to 63 characters, text that matches [a-z]+");
    assertThat(said(Field.set("a", String.class).length(5).each(Field.text("e").oneOf("x"))))
        .hasValue("at most 5 elements, each one of x");
    assertThat(said(Field.integer("a").min(0L))).hasValue("at least 0");
  }

  private static java.util.Optional<String> said(Field<?> field) {
    return ConstraintCheck.expected(field.constraints(), field.type());
  }

  static List<Field<?>> all() {
    return List.of(
        Field.bool("a").oneOf(true),
        Field.text("a").oneOf("x", "\u0000"),
        Field.text("a").length(1, 63).matching("[a-z]\\d{2}"),
        Field.integer("a").min(Long.MIN_VALUE).max(Long.MAX_VALUE),
        Field.decimal("a").min(new BigDecimal("1E+3")).max(new BigDecimal("2000.00")),
        Field.duration("a").max(ofHours(1)),
        Field.instant("a").min(Instant.EPOCH),
        Field.uuid("a").oneOf(new UUID(1, 2)),
        Field.ref("a", "thing").oneOf(new Ref("thing", new UUID(1, 2))),
        Field.set("a", Instant.class).length(3).each(Field.instant("b").max(Instant.EPOCH)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsPublishedIsWhatWasDeclared(Field<?> field) {
    String text = ConstraintText.of(field.constraints()).orElseThrow();
    Constraints read = ConstraintText.parse(text);
    assertThat(ConstraintText.of(read)).hasValue(text);
    assertThat(read).isEqualTo(field.constraints());
  }

  @Test
  void whatAnotherWorkerSaysBesidesIsLeftOut() {
    assertThat(ConstraintText.parse(null)).isEqualTo(Constraints.NONE);
    assertThat(ConstraintText.parse("{\"max\":5,\"prime\":true}"))
        .isEqualTo(Field.integer("a").max(5L).constraints());
    assertThat(ConstraintText.of(Constraints.NONE)).isEmpty();
    assertThat(Field.list("a", Long.class).each(Field.integer("b")).constraints().isNone())
        .isTrue();
    assertThat(ConstraintCheck.expected(Constraints.NONE, FieldType.parse("text"))).isEmpty();
    takes(Field.text("a").matching("(?!a)b"), "what only a newer one can compile, it judges");
  }
}
