package dev.toygun.api;

import dev.toygun.api.oidc.NotReached;
import dev.toygun.api.oidc.NotVouched;
import dev.toygun.api.oidc.Person;
import dev.toygun.api.oidc.SignOn;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** People whom the identity provider vouches for, as those who call. */
final class People {
  private final SignOn signOn;

  People(SignOn signOn) {
    this.signOn = signOn;
  }

  /** Whose token this is; fails with a problem 401, 403 or 503. */
  Future<Actor> who(String token) {
    return signOn.whose(token).map(this::actor).recover(e -> Future.failedFuture(problem(e)));
  }

  /**
   * Somebody, with the role of the first group of the configuration that they are in.
   *
   * @throws WithoutRole where they are in none
   */
  Actor actor(Person person) {
    Optional<Role> role =
        signOn.settings().roles().entrySet().stream()
            .filter(entry -> person.groups().contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .flatMap(Role::ofStored);
    return role.map(
            found -> new Actor(Actor.Kind.USER, person.uuid(), person.name(), found, KeyScope.ALL))
        .orElseThrow(
            () ->
                new WithoutRole(
                    Actor.Kind.USER.stored(person.name()),
                    "is in no group that has a role here: TOYGUN_OIDC says which have, by the claim "
                        + signOn.settings().rolesClaim()));
  }

  /** Whether some group has this role. */
  boolean gives(String role) {
    return signOn.settings().roles().containsValue(role);
  }

  /** What a caller is told of it. */
  static Throwable problem(Throwable failure) {
    if (failure instanceof NotVouched) {
      return Auth.refused(
          "the identity provider vouches for nobody by that: " + failure.getMessage());
    }
    return failure instanceof NotReached
        ? new Problem(
            503, "unavailable", "the identity provider cannot be asked: " + failure.getMessage())
        : failure;
  }
}
