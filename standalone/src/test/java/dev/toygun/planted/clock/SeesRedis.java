package dev.toygun.planted.clock;

import io.vertx.redis.client.Redis;

/** An offence: Redis is the queue's. */
public record SeesRedis(Redis redis) {}
