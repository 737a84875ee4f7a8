package dev.toygun.planted.queue;

/** An offence: a name that says nothing. */
public final class QueueManager {}
