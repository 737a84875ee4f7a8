package dev.toygun.planted.codec;

/** What others should not know. */
public record Codec(String name) {}
