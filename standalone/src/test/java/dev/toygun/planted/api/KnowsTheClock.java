package dev.toygun.planted.api;

import dev.toygun.planted.clock.AsksTheTime;

/** An offence: services know nothing of each other. */
public record KnowsTheClock(AsksTheTime clock) {}
