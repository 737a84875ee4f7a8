package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttrsTest {
  private static final Field<String> NAME = Field.text("name").required().formerly("title");
  private static final Field<Long> SIZE = Field.integer("size").check(size -> size > 0);
  private static final Field<Secret> TOKEN = Field.secret("token");
  private static final Field<Disk> DISK = Field.json("disk", Disk.class);
  private static final Field<List<Disk>> DISKS = Field.list("disks", Disk.class);
  private static final Field<Map<UUID, Instant>> SEEN =
      Field.map("seen", UUID.class, Instant.class);
  private static final List<Field<?>> ALL = List.of(NAME, SIZE, TOKEN, DISK, DISKS, SEEN);
  private static final UUID ROW = new UUID(1, 2);

  private final Random random = new Random(7);
  private final Codec codec =
      new Codec(
          Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes),
          () -> Instant.parse("2026-01-01T00:00:00Z"),
          "build-7");

  record Disk(String path, int gigabytes) {}

  record Leaky(Secret secret) {}

  private Attrs read(String text) {
    return codec.read(ALL, "thing", ROW, text);
  }

  @Test
  void whatIsUnchangedIsTheVeryTextThatWasRead() {
    String text = "{\"size\":  3 , \"name\":\"x\"}";
    assertThat(read(text).with(SIZE, 3L).without(DISK).toJson()).isSameAs(text);
    assertThat(read(text).with(SIZE, 3L).changed()).isEmpty();
  }

  @Test
  void aChangedFieldIsNamedAndTheOthersStayTheBytesTheyWere() {
    Attrs attrs = read("{\"name\": \"x\", \"size\": 3}").with(SIZE, 4L);
    assertThat(attrs.changed()).containsExactly("size");
    assertThat(attrs.toJson()).isEqualTo("{\"name\":\"x\",\"size\":4}");
    assertThat(attrs.find(SIZE)).hasValue(4L);
  }

  @Test
  void anAbsentFieldAndANullOneAreTheSame() {
    assertThat(read("{\"size\":null}").find(SIZE)).isEmpty();
    assertThat(read("{\"size\":3}").without(SIZE).toJson()).isEqualTo("{}");
  }

  @Test
  void aFormerNameIsReadAndTheNextWriteStoresTheNewOne() {
    Attrs attrs = read("{\"title\":\"old\"}");
    assertThat(attrs.find(NAME)).hasValue("old");
    assertThat(attrs.missing()).isEmpty();
    assertThat(attrs.with(NAME, "new").toJson()).isEqualTo("{\"name\":\"new\"}");
  }

  @Test
  void aKeyThatNobodyDeclaresIsKeptAndSaidToBeFound() {
    String json = read("{\"name\":\"x\",\"gone\":[1]}").with(SIZE, 1L).toJson();
    assertThat(Decorated.parseFields(json).get(Attrs.LOST_FOUND))
        .isEqualTo(
            Map.of(
                "gone",
                Map.of(
                    "value",
                    List.of(1L),
                    "at",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "build",
                    "build-7")));
    assertThat(Decorated.parseFields(json)).doesNotContainKey("gone");
  }

  @Test
  void aSecretIsStoredSealedAndOpensOnlyInItsPlace() {
    String json = read("{}").with(TOKEN, Secret.of("canary-4711")).toJson();
    assertThat(json).doesNotContain("canary").contains("{\"Secret\":[0,");
    assertThat(read(json).find(TOKEN)).hasValue(Secret.of("canary-4711"));
    Attrs elsewhere = codec.read(ALL, "thing", new UUID(3, 4), json);
    assertThatThrownBy(() -> elsewhere.find(TOKEN)).isInstanceOf(FieldSeal.CannotOpen.class);
  }

  @Test
  void anUntouchedSecretKeepsItsCiphertext() {
    String json = read("{}").with(TOKEN, Secret.of("canary-4711")).toJson();
    String after = read(json).with(TOKEN, Secret.of("canary-4711")).with(SIZE, 2L).toJson();
    assertThat(Slices.of(after).get("token")).isEqualTo(Slices.of(json).get("token"));
  }

  @Test
  void recordsListsAndMapsComeBackAsTheyWere() {
    Map<UUID, Instant> seen = Map.of(ROW, Instant.EPOCH);
    String json =
        read("{}")
            .with(DISK, new Disk("/a", 1))
            .with(DISKS, List.of(new Disk("/b", 2)))
            .with(SEEN, seen)
            .toJson();
    assertThat(read(json).find(DISK)).hasValue(new Disk("/a", 1));
    assertThat(read(json).find(DISKS)).hasValue(List.of(new Disk("/b", 2)));
    assertThat(read(json).find(SEEN)).hasValue(seen);
  }

  @Test
  void aRecordThatHidesASecretIsRefused() {
    Field<Leaky> leaky = Field.json("leaky", Leaky.class);
    Attrs attrs = codec.read(List.of(leaky), "thing", ROW, "{}");
    assertThatThrownBy(() -> attrs.with(leaky, new Leaky(Secret.of("canary-4711"))))
        .isInstanceOf(BadField.class)
        .hasMessageContaining("a record holds a Secret")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aWrongTypeIsNamedWithTheFieldAndWhatWasExpected() {
    assertThatThrownBy(() -> read("{\"size\":\"big\"}").find(SIZE))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'size' is of type integer, but its value is text");
    assertThatThrownBy(() -> read("{}").with(SIZE, "big"))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'size' is of type integer, but its value is text");
    assertThatThrownBy(() -> read("{}").with(TOKEN, "canary-4711"))
        .isInstanceOf(BadField.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void aValueThatDoesNotPassItsCheckIsRefusedWrittenOrRead() {
    assertThatThrownBy(() -> read("{}").with(SIZE, 0L))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'size' does not take 0: it does not pass its check");
    assertThatThrownBy(() -> read("{\"size\":-1}").find(SIZE))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'size' has a value that does not pass its check");
  }

  @Test
  void aRequiredFieldWithoutAValueIsMissing() {
    assertThat(read("{}").missing()).containsExactly(NAME);
  }

  @Test
  void aFieldThatIsNotDeclaredIsRefusedByName() {
    assertThatThrownBy(() -> read("{}").with(Field.text("colour"), "red"))
        .isInstanceOf(BadField.class)
        .hasMessage("thing declares no field 'colour' of type text");
    assertThatThrownBy(() -> read("{}").with(Field.text("size"), "big"))
        .isInstanceOf(BadField.class)
        .hasMessage("thing declares no field 'size' of type text");
  }

  @Test
  void anyWriteStoresTheNewNameOfARenamedField() {
    assertThat(read("{\"title\": \"old\"}").rewritten()).isEqualTo("{\"name\":\"old\"}");
    assertThat(read("{\"title\": \"old\"}").with(SIZE, 1L).toJson())
        .isEqualTo("{\"name\":\"old\",\"size\":1}");
  }

  @Test
  void whereBothNamesAreStoredThePresentOneCountsAndTheOtherIsKept() {
    Attrs attrs = read("{\"title\":\"old\",\"name\":\"new\",\"gone\":null}");
    assertThat(attrs.find(NAME)).hasValue("new");
    Map<String, Object> after = fields(attrs.with(SIZE, 1L));
    assertThat(after.get("name")).isEqualTo("new");
    assertThat(after.get(Attrs.LOST_FOUND)).asString().contains("title").doesNotContain("gone");
  }

  @Test
  void whatWasFoundBeforeStaysWhenItIsFoundAgain() {
    String first = read("{\"gone\":1}").with(SIZE, 1L).toJson();
    String again = first.replace("\"size\":1", "\"gone\":2");
    String second = read(again).with(SIZE, 2L).toJson();
    assertThat(Slices.of(Slices.of(second).getOrDefault(Attrs.LOST_FOUND, "")).keySet())
        .containsExactly("gone", "gone#2");

    String odd = read("{\"__lost_found__\":[1],\"gone\":1}").with(SIZE, 2L).toJson();
    assertThat(Slices.of(Slices.of(odd).getOrDefault(Attrs.LOST_FOUND, "")))
        .containsOnlyKeys("gone", Attrs.LOST_FOUND);
  }

  @Test
  void ofTwoFormerNamesTheFirstDeclaredCountsAndTheOtherIsKept() {
    Field<String> twice = Field.text("name").formerly("title").formerly("heading");
    Attrs attrs =
        codec.read(List.of(twice, SIZE), "thing", ROW, "{\"heading\":\"h\",\"title\":\"t\"}");
    assertThat(attrs.find(twice)).hasValue("t");
    Map<String, Object> after = fields(attrs.with(SIZE, 1L));
    assertThat(after.get("name")).isEqualTo("t");
    assertThat(after.get(Attrs.LOST_FOUND)).asString().contains("heading");
  }

  @Test
  void aSecretOpensAfterItsFieldWasRenamed() {
    String json = read("{}").with(TOKEN, Secret.of("canary-4711")).toJson();
    Field<Secret> key = Field.secret("api-key").formerly("token");
    Field<Long> size = Field.integer("size");
    Attrs attrs = codec.read(List.of(key, size), "thing", ROW, json);
    assertThat(attrs.find(key)).hasValue(Secret.of("canary-4711"));

    String moved = attrs.with(size, 1L).toJson();
    assertThat(Slices.of(moved).get("api-key")).isEqualTo(Slices.of(json).get("token"));
    assertThat(codec.read(List.of(key, size), "thing", ROW, moved).find(key))
        .hasValue(Secret.of("canary-4711"));
    assertThatThrownBy(() -> codec.read(List.of(key), "server", ROW, moved).find(key))
        .isInstanceOf(FieldSeal.CannotOpen.class);
  }

  @Test
  void secretsInAListAreSealedOneByOne() {
    Field<List<Secret>> keys = Field.list("keys", Secret.class);
    List<Secret> both = List.of(Secret.of("canary-1"), Secret.of("canary-2"));
    String json = codec.read(List.of(keys), "thing", ROW, "{}").with(keys, both).toJson();
    assertThat(json).doesNotContain("canary");
    assertThat(codec.read(List.of(keys), "thing", ROW, json).find(keys)).hasValue(both);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by its parts
  record Odd(Map<String, String> tags, byte[] bytes, double ratio, BigDecimal price, String text) {}

  @Test
  void aRecordMayHoldBytesDecimalsAndWhatLooksLikeATag() {
    Field<Odd> field = Field.json("odd", Odd.class);
    Odd odd =
        new Odd(
            Map.of("Time", "soon"), new byte[] {0, -1}, 1e-300, new BigDecimal("1E+3"), "\u0000");
    String json = codec.read(List.of(field), "thing", ROW, "{}").with(field, odd).toJson();
    Odd back = codec.read(List.of(field), "thing", ROW, json).find(field).orElseThrow();
    assertThat(json).contains("\"text\":{\"Text\":\"\\\\u0000\"}");
    assertThat(back).usingRecursiveComparison().isEqualTo(odd);
  }

  record Loose(int whole, Map<String, Object> any) {}

  @Test
  void aDecimalOfATreeIsANumberToTheRecordThatReadsIt() {
    Field<Loose> field = Field.json("loose", Loose.class);
    String json =
        "{\"loose\":{\"whole\":{\"Decimal\":\"2.0\"},\"any\":{\"ratio\":{\"Decimal\":\"1.10\"}}}}";
    assertThat(codec.read(List.of(field), "thing", ROW, json).find(field))
        .hasValue(new Loose(2, Map.of("ratio", new BigDecimal("1.10"))));
  }

  @Test
  void aPropertyThatARecordDoesNotKnowIsNotDropped() {
    assertThatThrownBy(
            () -> read("{\"disk\":{\"path\":\"/\",\"gigabytes\":1,\"raid\":5}}").find(DISK))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'disk' is of type json, but its value is JSON that is no Disk");
  }

  record Deep(Map<String, List<Leaky>> inside) {}

  @Test
  void aStartUpCheckFindsASecretHoweverDeepInARecord() {
    assertThat(Codec.problems("thing", List.of(Field.json("d", Deep.class), DISK, TOKEN)))
        .containsExactly("thing, field d: Deep holds a Secret: give it a secret field of its own");
    assertThat(Codec.problems("thing", List.of(Field.list("keys", Secret.class), SEEN))).isEmpty();
    assertThat(Codec.problems("thing", List.of(Field.list("l", Leaky.class)))).hasSize(1);
  }

  @Test
  void anInitialValueIsPublishedUnlessItIsSecret() {
    assertThat(Codec.initial(DISK.initially(new Disk("/", 1))))
        .hasValue("{\"path\":\"/\",\"gigabytes\":1}");
    assertThat(Codec.initial(TOKEN.initially(Secret.of("canary")))).isEmpty();
    assertThat(Codec.initial(NAME)).isEmpty();
  }

  @Test
  void whatIsReadCannotBeChangedInPlace() {
    List<Disk> disks = read("{}").with(DISKS, List.of(new Disk("/", 1))).find(DISKS).orElseThrow();
    assertThatThrownBy(disks::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aSecretThatDoesNotOpenCanBeSetAnew() {
    String json = read("{}").with(TOKEN, Secret.of("canary-4711")).toJson();
    Attrs elsewhere = codec.read(ALL, "thing", new UUID(3, 4), json);
    assertThat(elsewhere.with(TOKEN, Secret.of("canary-4712")).find(TOKEN))
        .hasValue(Secret.of("canary-4712"));
    assertThat(elsewhere.without(TOKEN).toJson()).isEqualTo("{}");
  }

  @Test
  void thePlainestTextsMeanWhatAParserSays() {
    Field<String> text = Field.text("v");
    Field<Long> whole = Field.integer("v");
    Field<Instant> at = Field.instant("v");
    assertThat(one(text, "\"a\\\"b\"")).isEqualTo("a\"b");
    assertThat(one(text, "\"\"")).isEqualTo("");
    assertThat(one(text, "{\"Text\": \"\\\\u0000\"}")).isEqualTo("\u0000");
    assertThat(one(whole, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(one(whole, "-7")).isEqualTo(-7L);
    assertThat(one(at, "{\"Time\":   \"1970-01-01T00:00:00Z\" }")).isEqualTo(Instant.EPOCH);
    for (String bad : List.of("-", "1.5", "true", "\"1\"", "99999999999999999999", "")) {
      assertThatThrownBy(() -> one(whole, bad)).as(bad).isInstanceOf(BadField.class);
    }
    assertThatThrownBy(() -> one(at, "{\"Time\":\"soon\"}"))
        .isInstanceOf(BadField.class)
        .hasMessageContaining("a malformed Time");
  }

  private <T> T one(Field<T> field, String json) {
    return codec
        .read(List.of(field), "thing", ROW, "{\"v\":" + json + "}")
        .find(field)
        .orElseThrow();
  }

  private static Map<String, Object> fields(Attrs attrs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Decorated.parseFields(attrs.toJson()).forEach((k, v) -> fields.put(k, String.valueOf(v)));
    return fields;
  }
}
