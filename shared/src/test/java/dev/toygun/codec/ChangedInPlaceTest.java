package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.crypto.Keyring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users' own classes may be changed in place, by whoever was given such a value. */
class ChangedInPlaceTest {
  private static final UUID ROW = new UUID(1, 2);

  private final Random random = new Random(7);
  private final Codec codec =
      new Codec(
          Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes),
          () -> Instant.EPOCH,
          "build-7");

  record Conf(List<String> hosts) {}

  /** Its equals does not say all. */
  static final class Known {
    public long id;
    public List<String> hosts = new ArrayList<>();

    @Override
    public boolean equals(Object other) {
      return other instanceof Known known && known.id == id;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(id);
    }
  }

  /** It has none. */
  static final class Bean {
    public List<String> hosts = new ArrayList<>();
  }

  @Test
  void whatWasChangedInPlaceAndGivenBackIsStored() {
    Field<Conf> conf = Field.json("conf", Conf.class);
    Field<Known> known = Field.json("known", Known.class);
    Field<List<Bean>> beans = Field.list("beans", Bean.class);
    String text =
        """
        {"conf": {"hosts": ["a"]}, "known": {"id": 1, "hosts": ["a"]}, "beans": [{"hosts": ["a"]}]}""";
    Attrs attrs = codec.read(List.of(conf, known, beans), "thing", ROW, text);
    Conf c = attrs.find(conf).orElseThrow();
    Known k = attrs.find(known).orElseThrow();
    List<Bean> b = attrs.find(beans).orElseThrow();
    assertThat(attrs.with(conf, c).with(known, k).with(beans, b).toJson()).isSameAs(text);

    c.hosts().add("b");
    k.hosts.add("b");
    b.get(0).hosts.add("b");
    String changed = attrs.with(conf, c).with(known, k).with(beans, b).toJson();
    assertThat(Decorated.parseFields(changed))
        .isEqualTo(Decorated.parseFields(text.replace("[\"a\"]", "[\"a\",\"b\"]")));
  }

  @Test
  void anInitialValueThatIsChangedInPlaceIsNobodyElses() {
    Field<Conf> conf = Field.json("conf", Conf.class).initially(new Conf(new ArrayList<>()));
    Field<List<Conf>> all =
        Field.list("all", Conf.class).initially(List.of(new Conf(new ArrayList<>())));
    List<Field<?>> both = List.of(conf, all);
    Attrs attrs = codec.read(both, "thing", ROW, "{}");
    attrs.findOrInitial(conf).orElseThrow().hosts().add("a");
    attrs.findOrInitial(all).orElseThrow().get(0).hosts().add("a");
    assertThat(attrs.findOrInitial(conf)).hasValue(new Conf(List.of("a")));

    Attrs another = codec.read(both, "thing", ROW, "{}");
    assertThat(another.findOrInitial(conf)).hasValue(new Conf(List.of()));
    assertThat(another.findOrInitial(all)).hasValue(List.of(new Conf(List.of())));
  }
}
