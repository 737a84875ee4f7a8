package dev.toygun.planted;

import dev.toygun.planted.codec.Codec;

/** An offence: the model knows something of ours. */
public record KnowsTheCodec(Codec codec) {}
