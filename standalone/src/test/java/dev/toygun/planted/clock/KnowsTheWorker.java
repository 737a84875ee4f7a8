package dev.toygun.planted.clock;

import dev.toygun.planted.worker.Awaits;

/** An offence: services know nothing of each other. */
public record KnowsTheWorker(Awaits worker) {}
