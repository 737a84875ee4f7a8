package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.crypto.Envelope;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each is counted and changes nothing: nothing is thrown, and the good ones beside it come out. */
class BadTicketsTest {
  private static final ListName LIST = new ListName("default", "website", 1, 5);
  private static final ListName OTHER = new ListName("default", "website", 2, 5);

  private final RedisRig rig = new RedisRig();
  private final RedisQueue queue = rig.queue();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void garbage() {
    among("no json at all", "malformed");
  }

  @Test
  void emptyText() {
    among("", "malformed");
  }

  @Test
  void anEnvelopeOfAnotherVersion() {
    among(sealed(LIST).replace("\"v\":1", "\"v\":2"), "malformed");
  }

  @Test
  void expired() {
    Instant longAgo = rig.time.now().minus(Ticket.GOOD_FOR).minusSeconds(2);
    among(text(new Ticket(LIST, subject(), Cause.CLOCK, false, longAgo, null)), "expired");
  }

  @Test
  void fromTheFuture() {
    Instant later = rig.time.now().plusSeconds(7200);
    among(text(new Ticket(LIST, subject(), Cause.CLOCK, false, later, null)), "expired");
  }

  @Test
  void forAnotherQueue() {
    among(sealed(OTHER), "foreign");
  }

  @Test
  void withAnotherTimeThanItWasSealedWith() {
    String text = sealed(LIST);
    among(
        text.replaceFirst("\"at\":\\d+", "\"at\":" + rig.time.now().toEpochMilli() + 1), "foreign");
  }

  @Test
  void withAKeyThatNobodyKnows() {
    among(sealed(LIST).replace("\"k\":0", "\"k\":7"), "unknown_key");
  }

  @Test
  void sealedWithAnotherKeyOfTheSameId() {
    String stranger = Keyring.newKeychain(rig.time::random);
    RedisQueue forger = rig.queue(stranger, rig.settings);
    Waiting.get(forger.push(List.of(good())));
    among(popRaw(LIST), "undecryptable");
  }

  @Test
  void whatCannotBeOpenedIsKnownToEverybodyForAWhile() {
    RedisQueue other = rig.queue();
    assertThat(Waiting.get(other.unopened())).isEmpty();
    push(LIST, sealed(LIST).replace("\"k\":0", "\"k\":7"));
    push(LIST, "no json at all");
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).isEmpty();
    Waiting.until(
        () -> Waiting.get(other.unopened()).equals(Map.of("unknown_key", 1L, "malformed", 1L)));
    Ticket good = good();
    String text = text(good);
    push(LIST, text);
    push(LIST, text);
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).containsExactly(good);
    assertThat(Waiting.get(other.unopened())).as("a repetition is ordinary").hasSize(2);
  }

  @Test
  void tampered() {
    String text = sealed(LIST);
    int middle = text.length() / 2;
    char other = text.charAt(middle) == 'A' ? 'B' : 'A';
    among(text.substring(0, middle) + other + text.substring(middle + 1), "undecryptable");
  }

  @Test
  void cutShort() {
    String text = sealed(LIST);
    among(text.substring(0, text.length() - 30) + "\"}", "undecryptable");
  }

  @Test
  void oversized() {
    among("x".repeat(TicketSeal.MOST_CHARS + 1), "oversized");
  }

  @Test
  void replayed() {
    Ticket first = good();
    String text = text(first);
    push(LIST, text);
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).containsExactly(first);
    among(text, "replayed");
  }

  @Test
  void sealedByUsButNoTicket() {
    Envelope envelope =
        new Envelope(Keyring.parse(rig.keychain, rig.time::random), TicketSeal.MOST_CHARS);
    byte[] whole = TicketBytes.write(good());
    for (byte[] body :
        List.of(
            new byte[0],
            "{}".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, whole.length + 1),
            otherCause(whole))) {
      double before = rig.dropped("malformed");
      push(LIST, envelope.seal(LIST.toString(), body, rig.time.now(), Ticket.GOOD_FOR));
      assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).isEmpty();
      assertThat(rig.dropped("malformed")).as(Arrays.toString(body)).isEqualTo(before + 1);
    }
  }

  private static byte[] otherCause(byte[] whole) {
    byte[] other = whole.clone();
    other[2] ^= 1; // the first letter
    return other;
  }

  @Test
  void aKeyThatIsNoList() {
    rig.server.command("SET", rig.settings.prefix() + "list:" + OTHER, "scribble");
    Ticket fine = good();
    Waiting.get(queue.push(List.of(fine)));
    assertThat(Waiting.get(queue.depths(List.of(OTHER, LIST))))
        .containsEntry(LIST, new Queue.Depth(1, Optional.of(fine.at())));
    assertThat(Waiting.get(queue.pop(List.of(OTHER, LIST), 1)))
        .as("it takes no ticket's place")
        .containsExactly(fine);
    assertThat(Waiting.get(queue.pop(List.of(OTHER), 5))).isEmpty();
  }

  @Test
  void aBadOneThatIsWaitedFor() {
    push(LIST, "no json at all");
    Waiting.get(queue.awaitAny(List.of(LIST), Duration.ofSeconds(2)));
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).isEmpty();
    assertThat(rig.dropped("malformed")).isEqualTo(1);
  }

  /* The bad one between two good ones, alone counted, and counted once. */
  private void among(String bad, String reason) {
    Ticket before = good();
    Ticket after = good();
    Waiting.get(queue.push(List.of(before)));
    push(LIST, bad);
    Waiting.get(queue.push(List.of(after)));
    assertThat(Waiting.get(queue.depths(List.of(LIST))))
        .containsEntry(LIST, new Queue.Depth(3, Optional.of(before.at())));
    assertThat(Waiting.get(queue.pop(List.of(OTHER, LIST), 5))).containsExactly(before, after);
    assertThat(rig.dropped(reason)).isEqualTo(1);
    assertThat(rig.dropped()).isEqualTo(1);
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).isEmpty();
  }

  private Ticket good() {
    return new Ticket(LIST, subject(), Cause.CLOCK, false, rig.time.now(), null);
  }

  private List<SubjectKey> subject() {
    return List.of(SubjectKey.ofResource(rig.time.uuid()));
  }

  private String sealed(ListName list) {
    return text(
        new Ticket(list, subject(), Cause.CLOCK, false, rig.time.now().minusSeconds(60), null));
  }

  private String text(Ticket ticket) {
    Waiting.get(queue.push(List.of(ticket)));
    return popRaw(ticket.list());
  }

  private String popRaw(ListName list) {
    return rig.server.command("RPOP", rig.settings.prefix() + "list:" + list).get(0);
  }

  private void push(ListName list, String text) {
    rig.server.command("RPUSH", rig.settings.prefix() + "list:" + list, text);
  }
}
