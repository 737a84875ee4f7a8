package dev.toygun.api.slack;

/**
 * Somebody who has asked for something.
 *
 * @param team their workspace
 * @param user their id, which is theirs for good; a name is whatever they choose
 * @param answerTo where an answer may be sent that comes late
 */
public record Sender(String team, String user, String answerTo) {}
