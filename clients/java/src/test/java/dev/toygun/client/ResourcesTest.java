package dev.toygun.client;

import static dev.toygun.client.Options.parent;
import static dev.toygun.client.Options.state;
import static dev.toygun.client.Peer.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How resources are found and waited for, and what is read of answers. */
class ResourcesTest {
  private static final String ONE = "00000000-0000-0000-0000-00000000000a";
  private static final String OTHER = "00000000-0000-0000-0000-00000000000b";
  private static final String OF_ACME =
      """
      {"type": "app", "label": "shop", "uuid": "%s", "parent": "%s",
       "parent_type": "customer", "parent_label": "acme"}"""
          .formatted(ONE, EveryCall.R.uuid());
  private static final String OF_NOBODY =
      """
      {"type": "app", "label": "shop", "uuid": "%s", "parent": null,
       "parent_type": null, "parent_label": null}"""
          .formatted(OTHER);

  private static Peer.Said page(List<String> items) {
    return said(200, "{\"items\": [%s]}".formatted(String.join(",", items)));
  }

  @Test
  void aLabelIsLookedForBelowItsParent() throws IOException {
    try (Peer peer = Peer.answering(page(List.of(OF_ACME)), said(200, OF_ACME));
        Toygun toygun = peer.client().build()) {
      Resource shop = toygun.resources().find("app", "shop", parent(EveryCall.R));
      assertThat(shop.uuid()).hasToString(ONE);
      assertThat(URI.create(peer.asked.get(0).target()).getQuery())
          .contains("filter=label=shop")
          .contains("filter=parent=" + EveryCall.R.uuid());
    }
  }

  @Test
  void whereMoreHaveALabelEachIsNamed() throws IOException {
    try (Peer peer = Peer.answering(page(List.of(OF_ACME, OF_NOBODY)));
        Toygun toygun = peer.client().build()) {
      assertThatThrownBy(() -> toygun.resources().find("app", "shop"))
          .isInstanceOf(Problem.Conflict.class)
          .hasMessageContaining(
              "more than one app is labelled \"shop\", under different parents: say which parent,"
                  + " or name it by its uuid, of app/shop of customer/acme %s, app/shop %s"
                      .formatted(ONE, OTHER))
          .hasMessageNotContaining("others");
    }
  }

  @Test
  void whereManyHaveALabelItIsSaidThatThereAreOthers() throws IOException {
    List<String> many =
        Stream.concat(Collections.nCopies(6, OF_ACME).stream(), Stream.of(OF_NOBODY)).toList();
    try (Peer peer = Peer.answering(page(many));
        Toygun toygun = peer.client().build()) {
      assertThatThrownBy(() -> toygun.resources().find("app", "shop"))
          .hasMessageContaining(ONE + " and maybe others")
          .hasMessageNotContaining(OTHER);
    }
  }

  @Test
  void whatIsNotThereBelowAParentIsSaidSo() throws IOException {
    try (Peer peer = Peer.answering(page(List.of()), page(List.of()));
        Toygun toygun = peer.client().build()) {
      assertThatThrownBy(() -> toygun.resources().find("app", "shop"))
          .isInstanceOf(Problem.NotFound.class)
          .hasMessageContaining("there is no app labelled \"shop\" that has not ended");
      assertThatThrownBy(() -> toygun.resources().find("app", "shop", parent(EveryCall.R)))
          .isInstanceOf(Problem.NotFound.class)
          .hasMessageContaining(
              "there is no app labelled \"shop\" below %s that has not ended"
                  .formatted(EveryCall.R.uuid()));
    }
  }

  @Test
  void whatHangsOffAResourceSaysOfWhomThatIs() {
    var json = Json.read(OF_ACME.getBytes(UTF_8));
    Resource resource = new Resource(json);
    assertThat(resource.parent()).contains(EveryCall.R.uuid());
    assertThat(resource.parentType()).contains("customer");
    assertThat(resource.parentLabel()).contains("acme");
    for (OfParent one :
        List.of(new Alarm(json), new Task(json), new TaskError(json), new Hold(json))) {
      assertThat(one.parent()).contains(EveryCall.R.uuid());
      assertThat(one.parentType()).contains("customer");
      assertThat(one.parentLabel()).contains("acme");
    }
    Alarm ofRoot = new Alarm(Json.read("{\"parent\": null}".getBytes(UTF_8)));
    assertThat(ofRoot.parent()).isEmpty();
    assertThat(ofRoot.parentType()).isEmpty();
    assertThat(ofRoot.parentLabel()).isEmpty();
  }

  @Test
  void aFieldThatIsNotSetIsAMissingNodeAndAnAnswerWithoutItsPartFails() {
    Resource resource = new Resource(Json.read("{\"fields\": {}}".getBytes(UTF_8)));
    assertThat(resource.field("nope").isMissingNode()).isTrue();
    assertThatThrownBy(resource::label)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("there is no label in this answer");
  }

  @Test
  void whoWaitsInVainHearsThatItHasEndedOrHowItIs() throws IOException {
    String initech =
        """
        {"type": "customer", "label": "initech", "uuid": "%s", "state": "signed",
         "availability": "unknown", "active": %s}""";
    try (Peer peer =
            Peer.answering(
                asked ->
                    asked.target().startsWith("/v1/events")
                        ? Peer.stream("id: e.1.1")
                        : said(200, initech.formatted(ONE, asked.target().endsWith(OTHER))));
        Toygun toygun = peer.client().build()) {
      assertThatThrownBy(
              () -> toygun.resources().wait(NamedResource.of("customer", ONE), state("up")))
          .isInstanceOf(Ended.class)
          .hasMessage("customer \"initech\" has ended: it will never be what was waited for");
      assertThatThrownBy(
              () ->
                  toygun
                      .resources()
                      .wait(
                          NamedResource.of("customer", OTHER),
                          state("up"),
                          Options.timeout(Duration.ofMillis(1))))
          .isInstanceOf(WaitedTooLong.class)
          .hasMessage("after 0.001 s: customer \"initech\" is signed, its availability unknown");
    }
  }
}
