package dev.toygun.planted.worker;

import io.vertx.sqlclient.Pool;

/** An offence: SQL is the store's. */
public record SeesSql(Pool pool) {}
