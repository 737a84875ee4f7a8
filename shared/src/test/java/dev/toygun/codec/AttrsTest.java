package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import java.time.Instant;
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
}
