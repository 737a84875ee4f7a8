/**
 * Keys, tokens and sealed envelopes.
 *
 * <p>Two things leave a process encrypted: a secret field in Postgres, and every message in Redis.
 * Both are <a href="https://github.com/fernet/spec">Fernet</a> tokens, so that Python, Ruby or Go
 * can read them with a stock library and the same key:
 *
 * <pre>
 *   TOYGUN_KEYCHAIN = {"0":"&lt;fernet key&gt;","1":"&lt;fernet key&gt;"}
 *                           │ opens what names 0    │ the highest id seals, if "seals" names no other
 *
 *   a field in jsonb      {"Secret":[1,"gAAAAA…"]}
 *   a message in a list   {"v":1,"k":1,"at":1763782242000,"ttl":3600,"t":"gAAAAA…"}
 *
 *   inside the token      ["field","website","018f…","token"]           ← the context, one line
 *                         hunter2                                      ← what was sealed
 * </pre>
 *
 * <p>Fernet has no associated data. A valid token copied from one row to another, or from one list
 * to another, would open happily; so the context (which row and field, which list and when) is
 * sealed as the first line and compared after opening. A token in the wrong place is
 * <em>foreign</em>, and refused.
 *
 * <p>Age is enforced for messages only. A secret in a field is as good after ten years as on the
 * first day.
 *
 * <p>Here nothing asks for the time and nothing makes randomness: callers pass the instant, and an
 * {@link Entropy} to {@link Keyring#parse}.
 */
@NullMarked
package dev.toygun.crypto;

import org.jspecify.annotations.NullMarked;
