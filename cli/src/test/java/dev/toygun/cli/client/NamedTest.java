package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may call a resource, and other things. */
class NamedTest {
  private static final String HOME = "0190f3c4-7b2e-7a31-9c55-0123456789ab";
  private static final String SHOP = "0190f3c4-8000-7a31-9c55-ba9876543210";

  private final FakeApi api;
  private String found = "";
  private String labelled = "";

  NamedTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok(answer(asked.target())));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Labels are found as they are; what uuids begin with finds what a test says. */
  private String answer(String target) {
    if (target.contains("filter=")) {
      return "{\"items\": [%s]}"
          .formatted(target.endsWith("home") ? item("home", HOME) + labelled : "");
    }
    return target.contains("uuid_prefix=") || target.startsWith("/v1/alarms?")
        ? "{\"items\": [%s]}".formatted(found)
        : item("home", HOME);
  }

  private static String item(String label, String uuid) {
    return "{\"type\": \"website\", \"label\": \"%s\", \"uuid\": \"%s\"}".formatted(label, uuid);
  }

  private List<String> asked() {
    return api.asked.stream().map(asked -> asked.method() + " " + asked.target()).toList();
  }

  @Test
  void aParentIsNamedByItsTypeAndLabelOrItsUuid() {
    for (String parent : List.of("website/home", HOME)) {
      api.asked.clear();
      assertThat(api.run("create", "website", "blog", "--parent", parent).code()).isZero();
      assertThat(api.asked.get(api.asked.size() - 1).body())
          .contains("\"parent\":\"" + HOME + "\"");
    }
    FakeApi.Said said = api.run("create", "website", "blog", "--parent", "home");
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("--parent takes TYPE/NAME", "\"home\"");
  }

  @Test
  void aFilterNamesAResourceByItsTypeAndLabel() {
    for (String parent : List.of("website/home", HOME)) {
      assertThat(api.run("get", "website", "--filter", "parent=" + parent).code()).isZero();
      assertThat(asked())
          .last()
          .isEqualTo("GET /v1/resources/website?page_size=200&filter=parent%3D" + HOME);
    }
    found = item("home", HOME);
    api.run("get", "errors", "--filter", "resource=website/0190f3");
    assertThat(asked()).last().asString().endsWith("&resource=" + HOME);
    api.run("get", "audit", "--filter", "subject=website/home");
    assertThat(asked()).last().asString().endsWith("&subject=" + HOME);
    String[] bulk = {
      "bulk", "stop", "website", "monitor", "--filter", "parent=website/home", "--yes"
    };
    api.run(bulk);
    assertThat(api.asked).anySatisfy(asked -> assertThat(asked.body()).contains("parent=" + HOME));
    FakeApi.Said said = api.run("get", "website", "--filter", "parent=home");
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("--filter parent= takes TYPE/NAME", "\"home\"");
  }

  @Test
  void aUuidMayBeShortened() {
    found = item("home", HOME);
    assertThat(api.run("get", "website", "0190f3", "-o", "name").out()).contains("website/home");
    assertThat(asked())
        .containsExactly(
            "GET /v1/resources/website?page_size=6&filter=label%3D0190f3",
            "GET /v1/resources/website?page_size=6&uuid_prefix=0190f3",
            "GET /v1/resources/website/" + HOME);
  }

  @Test
  void whatAScreenHasCutIsFoundByWhatIsLeft() {
    found = item("home", HOME);
    api.run("tree", "website", "0190f3c4-7b…");
    assertThat(asked()).last().asString().startsWith("GET /v1/resources/website/" + HOME);
  }

  @Test
  void aLabelOfManySaysWhichThereAre() {
    labelled =
        ","
            + item("home", SHOP)
                .replace("}", ", \"parent_type\": \"team\", \"parent_label\": \"shop\"}");
    FakeApi.Said said = api.run("tree", "website", "home");
    assertThat(said.code()).isEqualTo(Exit.CONFLICT);
    assertThat(said.err())
        .contains("under different parents", "website/home " + HOME)
        .contains("website/home of team/shop " + SHOP);
  }

  @Test
  void whatIsTooShortOrNoneIsALabelAndNothingElse() {
    for (String name : List.of("0190f", "shop-1")) {
      api.asked.clear();
      FakeApi.Said said = api.run("tree", "website", name);
      assertThat(said.code()).isEqualTo(Exit.NOT_FOUND);
      assertThat(said.err()).contains("labelled \"" + name + "\"").doesNotContain("begins");
      assertThat(asked()).hasSize(1);
    }
  }

  @Test
  void whatManyBeginWithIsAmbiguousAndNamesThem() {
    found = item("home", HOME) + "," + item("shop", SHOP);
    FakeApi.Said said = api.run("tree", "website", "0190f3");
    assertThat(said.code()).isEqualTo(Exit.CONFLICT);
    assertThat(said.err())
        .contains("0190f3 is ambiguous", "website/home " + HOME, "website/shop " + SHOP);
  }

  @Test
  void whatIsNotFoundSaysWhatWasTried() {
    FakeApi.Said said = api.run("describe", "website", "0190f3");
    assertThat(said.code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(said.err())
        .contains("There is no website labelled \"0190f3\", and none whose uuid begins so");
    assertThat(asked().get(asked().size() - 1)).endsWith("uuid_prefix=0190f3&ended=true");
  }

  @Test
  void whatIsListedIsNamedByEitherEndOfItsUuid() {
    found = item("", HOME) + "," + item("", SHOP);
    for (String part : List.of("6789ab", "0190f3c4-7b")) {
      api.run("alarms", "show", part);
      assertThat(asked().get(asked().size() - 1)).isEqualTo("GET /v1/alarms/" + HOME);
    }
    FakeApi.Said said = api.run("alarms", "show", "0190f3c4");
    assertThat(said.code()).isEqualTo(Exit.CONFLICT);
    assertThat(said.err()).contains("ambiguous", HOME, SHOP);
    assertThat(api.run("alarms", "show", "0190").err())
        .contains("There is no alarm whose uuid ends with 0190")
        .doesNotContain("begins");
  }
}
