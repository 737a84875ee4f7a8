/**
 * An add-on of Heroku: what a provider answers and calls as the <a
 * href="https://devcenter.heroku.com/articles/add-on-partner-api-reference">Add-on Partner API</a>
 * (v3) has it, with a PostgreSQL server behind each.
 *
 * <pre>
 *   Heroku ── POST, DELETE /heroku/resources ──► Provider ── HTTP ──► Toygun's API
 *                                                                         │ a row of the type addon
 *     ▲                                                                   ▼
 *     │                        authorizing ─► creating ─► handing_over ─► ready
 *     │                             │            │              │
 *     └── tokens, config, done ─ Authorize   a local-postgres   Handover
 * </pre>
 *
 * <p><b>Provisioning is asynchronous</b>, as Heroku calls it: {@link
 * dev.toygun.examples.addon.Provider} answers 202 once the row is there, and whatever follows is
 * the resource's: it outlives the provider, the worker, and Heroku when that does not answer. The
 * row's label is Heroku's uuid, so that a request that is sent twice is one add-on. The name that
 * people at Heroku have for it is indexed: {@code toygun get addon --filter fields.name=…} finds it
 * among however many.
 *
 * <p>{@link dev.toygun.examples.addon.Addon} decides, {@code Authorize} and {@code Handover} do,
 * {@code Heroku} is the world outside: {@code HttpHeroku} in a worker, a handful of lines in a
 * test. A worker has the type where {@code HEROKU_CLIENT_SECRET} is set. A change of plan is
 * refused, and there is no single sign-on: those are yours.
 */
@NullMarked
package dev.toygun.examples.addon;

import org.jspecify.annotations.NullMarked;
