/**
 * Tells people of alarms and errors: sinks, what their messages say, and how these get there.
 *
 * <pre>
 *   an alarm opens ── same commit ──► deliveries, a row for each sink        (store)
 *   an error ── same commit ──► untold ── Upkeep, one of a group ──► the same
 *                                          │
 *        Courier ── claims, lane by lane ──┘    run by every service alike
 *           │
 *           ▼
 *        Sinks ── opens the sink's settings, words the message (Wording, Template)
 *           │
 *           ▼
 *        Webhook  Slack  PagerDuty  Email  Log  Sentry ──► done, later, or never
 * </pre>
 *
 * <p>A message is delivered at least once. Each names its alarm by a key that stays the same, so
 * that who gets one twice can tell. What cannot be delivered stays in the table as failed, and is
 * an alarm of the system itself: nobody was told.
 *
 * <p>Beside it, {@code Upkeep} tells new sinks of what is open, and those of error trackers of
 * errors, deletes old messages and has {@code SinkSeals} seal secrets by the newest key.
 *
 * <p>What a sink is told to reach may not be inside: see {@link dev.toygun.alert.Addresses}.
 */
@NullMarked
package dev.toygun.alert;

import org.jspecify.annotations.NullMarked;
