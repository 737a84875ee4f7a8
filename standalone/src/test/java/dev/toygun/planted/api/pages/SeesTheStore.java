package dev.toygun.planted.api.pages;

import dev.toygun.planted.store.StoreImpl;

/** An offence: a page shows answers, and goes round no gate. */
public record SeesTheStore(StoreImpl store) {}
