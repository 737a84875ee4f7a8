package dev.toygun.api;

import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Sealed;
import dev.toygun.time.Time;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Seals the page tokens of a key that is limited: a page may end with a row that it does not show,
 * and its token would name it.
 */
final class SealedTokens {
  private static final String TOKEN = "page_token";
  private static final Pattern SEALED = Pattern.compile("([0-9]{1,9})\\.([A-Za-z0-9_=-]{1,4000})");

  private final FieldSeal seal;
  private final Time time;

  SealedTokens(FieldSeal seal, Time time) {
    this.seal = seal;
    this.time = time;
  }

  /** Whether a list of it is cut into pages before what is outside is left out. */
  private static boolean isCutFirst(Within within) {
    return switch (within) {
      case ITEMS_BY_NAME, ITEMS_BY_TYPE, ITEMS_BY_RESOURCE, HOLDS -> true;
      case NOTHING,
          ALL,
          TYPE,
          CHILD,
          TASK,
          ALARM,
          BRAKE,
          ERROR,
          HOLD,
          BULK,
          NEW_HOLD,
          NEW_BULK,
          UNDER,
          ITSELF ->
          false;
    };
  }

  /** The same answer; nobody but this caller goes on from it, and nobody reads its token. */
  Answer sealed(Call call, Answer answer) {
    @Nullable JsonObject body = answer.body();
    if (body != null
        && isCutFirst(call.operation().within())
        && body.getValue("next_page_token") instanceof String token) {
      Sealed sealed = seal.seal(place(call), token.getBytes(StandardCharsets.UTF_8), time.now());
      body.put("next_page_token", sealed.key() + "." + sealed.token());
    }
    return answer;
  }

  /**
   * The same call, with its token as it was before it was sealed.
   *
   * @throws Problem where this caller was never given it
   */
  Call opened(Call call) {
    String token = call.maybe(TOKEN);
    if (token == null || !isCutFirst(call.operation().within())) {
      return call;
    }
    Matcher parts = SEALED.matcher(token);
    if (parts.matches()) {
      try {
        Sealed sealed = new Sealed(Integer.parseInt(parts.group(1)), parts.group(2));
        byte[] opened = seal.open(place(call), sealed);
        return call.with(TOKEN, new String(opened, StandardCharsets.UTF_8));
      } catch (FieldSeal.CannotOpen e) {
        // said below
      }
    }
    throw Pages.unknownToken();
  }

  private static FieldSeal.Place place(Call call) {
    return new FieldSeal.Place(call.operation().id(), call.caller().key(), TOKEN);
  }
}
