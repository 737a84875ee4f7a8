package dev.toygun.planted.store;

/** An offence: a name that says nothing. */
public final class StoreImpl {}
