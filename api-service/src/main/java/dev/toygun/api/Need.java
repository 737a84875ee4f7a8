package dev.toygun.api;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Something that the API cannot work without.
 *
 * @param name what people call it: {@code Postgres}
 * @param check a look at it: fails with a message for people where it is not as it has to be
 */
public record Need(String name, Supplier<Future<Void>> check) {}
