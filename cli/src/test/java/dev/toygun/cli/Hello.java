package dev.toygun.cli;

import static dev.toygun.client.Options.label;
import static dev.toygun.client.Options.resource;
import static dev.toygun.client.Options.state;
import static dev.toygun.client.Options.timeout;

import dev.toygun.client.Event;
import dev.toygun.client.EventStream;
import dev.toygun.client.Move;
import dev.toygun.client.Resource;
import dev.toygun.client.Toygun;
import java.time.Duration;
import java.util.Map;

/** The README of the Java client shows this, and it is run. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    try (Toygun toygun = Toygun.connect()) {
      Resource hello = toygun.resources().create("echo", Map.of("text", "Hello."), label("hello"));
      hello = toygun.resources().wait(hello, state("quiet"), timeout(Duration.ofSeconds(30)));
      System.out.println(hello.field("said").asText());
      for (Move move : toygun.resources().history(hello)) {
        System.out.println(move.at() + " " + move.from() + " -> " + move.to());
      }
    }
    follow();
  }

  private static void follow() {
    try (Toygun toygun = Toygun.connect()) {
      Resource tank = toygun.resources().create("tank", Map.of("level", 10));
      try (EventStream events = toygun.events().follow(resource(tank))) {
        toygun.tasks().start(tank, "fill");
        for (Event event : events) {
          if (event.isReset()) {
            System.out.println("what was missed is not known: read anew");
          } else if (event.task().isPresent()) {
            System.out.println(event.task().get().name() + " is on its way");
            break;
          }
        }
      }
    }
  }
}
