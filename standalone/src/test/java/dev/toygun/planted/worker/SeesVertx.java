package dev.toygun.planted.worker;

import io.vertx.core.Vertx;

/** An offence: the engine cannot be simulated if it sees Vert.x. */
public record SeesVertx(Vertx vertx) {}
