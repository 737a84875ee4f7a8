/**
 * People who sign in elsewhere: what an OpenID Connect provider says of them, and how a browser is
 * sent there and comes back. Knows nothing of roles, sessions or requests.
 *
 * <pre>
 *   a token ─► Tokens: signed by a key of the Provider, for us, not over ─► Person
 *   a browser ─► SignOn.begin ─► the provider ─► SignOn.finish: code for token ─► Tokens ─► Person
 * </pre>
 */
@NullMarked
package dev.toygun.api.oidc;

import org.jspecify.annotations.NullMarked;
