package dev.toygun.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.toygun.service.OidcSettings;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whom a token is of: one that a key of the provider signed, made for us, and not over. Of
 * ways to sign, those with a key pair count; what everybody could make, or whoever has our secret,
 * does not.
 */
final class Tokens {
  private static final Set<JWSAlgorithm> SIGNED =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);
  private static final int LONGEST_NAME = 200;

  private final OidcSettings settings;
  private final Provider provider;
  private final Time time;

  Tokens(OidcSettings settings, Provider provider, Time time) {
    this.settings = settings;
    this.provider = provider;
    this.time = time;
  }

  /**
   * Whom it is of.
   *
   * @param nonce that it has to name; null for any
   * @return fails with {@link NotVouched}, and with {@link NotReached} where the provider's keys
   *     are not known
   */
  Future<Person> whose(String token, @Nullable String nonce) {
    SignedJWT signed;
    try {
      signed = SignedJWT.parse(token);
    } catch (ParseException | RuntimeException e) {
      // The library throws others too, for a header that is null.
      return Future.failedFuture(new NotVouched("it is no signed token"));
    }
    return provider
        .published()
        .compose(
            known -> has(known.keys(), signed) ? Future.succeededFuture(known) : provider.renewed())
        .map(known -> person(claims(signed, known.keys()), nonce));
  }

  private static boolean has(JWKSet keys, SignedJWT signed) {
    @Nullable String id = signed.getHeader().getKeyID();
    return id == null || keys.getKeyByKeyId(id) != null;
  }

  private JWTClaimsSet claims(SignedJWT signed, JWKSet keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(SIGNED, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.clientId(),
            new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
            Set.of("sub", "exp", "iat")) {
          @Override
          protected Date currentTime() {
            return Date.from(time.now());
          }
        });
    try {
      return processor.process(signed, null);
    } catch (BadJOSEException | JOSEException e) {
      throw new NotVouched(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw new NotVouched("it cannot be read");
    }
  }

  private Person person(JWTClaimsSet claims, @Nullable String nonce) {
    if (nonce != null && !nonce.equals(claims.getClaim("nonce"))) {
      throw new NotVouched("it is of another sign-in");
    }
    String subject = claims.getSubject();
    byte[] whole = (settings.issuer() + "\n" + subject).getBytes(StandardCharsets.UTF_8);
    return new Person(
        UUID.nameUUIDFromBytes(whole), name(claims, subject), groups(claims.getClaims()));
  }

  /* An address that nobody has checked may be anybody's. */
  private String name(JWTClaimsSet claims, String subject) {
    String claim = settings.nameClaim();
    boolean doubted =
        claim.equals("email") && !Boolean.TRUE.equals(claims.getClaim("email_verified"));
    return !doubted
            && claims.getClaim(claim) instanceof String name
            && !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.codePoints().noneMatch(Character::isISOControl)
        ? name
        : subject;
  }

  /* Some name a claim by a URL, and some put groups into an object: realm_access.roles. */
  private Set<String> groups(Map<String, Object> claims) {
    String name = settings.rolesClaim();
    @Nullable Object found = claims.get(name);
    if (found == null) {
      @Nullable Object inside = claims;
      for (String part : name.split("\\.", -1)) {
        inside = inside instanceof Map<?, ?> map ? map.get(part) : null;
      }
      found = inside;
    }
    if (found instanceof String one) {
      return Set.of(one);
    }
    return found instanceof List<?> many
        ? many.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
