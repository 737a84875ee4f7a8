package dev.toygun.planted.examples;

import dev.toygun.planted.codec.Codec;

/** An offence: a user's type that looks behind the model. */
public record KnowsTheCodec(Codec codec) {}
