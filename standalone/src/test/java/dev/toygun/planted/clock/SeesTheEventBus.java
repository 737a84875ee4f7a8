package dev.toygun.planted.clock;

import io.vertx.core.eventbus.EventBus;

/** An offence: the engine cannot be simulated if it sees the event bus. */
public record SeesTheEventBus(EventBus bus) {}
