/**
 * Slack: what its people ask by {@code /toygun} and by buttons, and what they are told. Asks the
 * API's operations only, as whoever has asked; knows nothing of roles, of the store or of requests.
 *
 * <pre>
 *   a body ─► Signature: of Slack, and not old
 *     a command ─► Command ─┐
 *     a click   ─► Click   ─┴► Desk ── Ask ─► operations ─► Answers ─► blocks
 * </pre>
 */
@NullMarked
package dev.toygun.api.slack;

import org.jspecify.annotations.NullMarked;
