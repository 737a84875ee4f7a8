/**
 * The API: HTTP for people, programs and pages.
 *
 * <p>It reads what the store holds, and writes what somebody asks for: a resource, a start, a stop,
 * a signal. It runs no user's code and holds no user's types; what it knows of a type is what
 * workers have published. What it makes due it also announces at once, so that nobody waits for the
 * clock.
 *
 * <p>{@code openapi.yaml} is the contract, and comes first: routes are made from it, bodies and
 * parameters are held against it, it is served as it is, and the start fails where an operation of
 * it has no action or the other way round. One way for every request:
 *
 * <pre>
 *   ApiRouter   trace id, headers, media types, body of at most 1 MiB
 *      │
 *    Gate       who calls (Auth, Strangers), how often (RateLimit), with which Role; denials are audited
 *      │
 *    Call       path, query and body against the Contract (Parameters, Bodies)
 *      │
 *   Changes     audit before or with it, and once only under an Idempotency-Key
 *      │
 *   Scoped      within what the caller's key is limited to (KeyScope), by the operation's Within
 *      │
 *   Action      Types  Resources  ResourceChanges  Tasks  TaskStarts  TaskChanges  History  Keys  Reveal  AuditLog  Readiness
 *      │
 *   Answer      or a Problem (RFC 9457), which says what was expected, and nothing of the inside
 * </pre>
 *
 * <p>A browser goes the same way: {@code PageRoutes} asks what a page shows (PageAnswers) for
 * whoever is signed in (SignIn, SessionToken), {@code pages} makes HTML of the answers, and what a
 * form sends (PageActs) is carried out as any request is.
 *
 * <p>So does what people of Slack ask (SlackRoutes, SlackAsks): {@code slack} makes questions of
 * commands and clicks, and Slack's blocks of the answers.
 *
 * <p>Fields are read and shown by {@code Fields}, by their published types alone. A secret is
 * sealed as soon as it is read, and shown as stars.
 */
@NullMarked
package dev.toygun.api;

import org.jspecify.annotations.NullMarked;
