package dev.toygun.store;

/** The whole of what the engine needs of a store. Two implementations pass one contract suite. */
public interface Store extends Work, Due, Commands {}
