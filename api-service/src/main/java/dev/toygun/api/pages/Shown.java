package dev.toygun.api.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer of the API, or a part of one, as templates read it: what is null reads as nothing. */
public final class Shown {
  /** Nothing at all. */
  public static final Shown NOTHING = new Shown(new JsonObject());

  /** What could not be asked just now. */
  public static final Shown UNKNOWN = new Shown(new JsonObject());

  private final JsonObject json;

  private Shown(JsonObject json) {
    this.json = json;
  }

  /** This answer. */
  public static Shown of(JsonObject json) {
    return new Shown(json);
  }

  /** A name, and its value as text. */
  public record Entry(String name, String value) {}

  /** Whether it was heard. */
  public boolean known() {
    return this != UNKNOWN;
  }

  /** Whether there is anything under this name. */
  public boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** A value as text; empty where there is none. */
  public String text(String name) {
    return text(json.getValue(name));
  }

  /** Whether it is true. */
  public boolean is(String name) {
    return Boolean.TRUE.equals(json.getValue(name));
  }

  /** A time to the second, in words; empty where there is none. */
  public String time(String name) {
    return text(name).replaceFirst("\\.[0-9]+Z$", "Z").replace("T", " ").replace("Z", " UTC");
  }

  /** Of a schedule: when it starts its task, in words. */
  public String schedule() {
    return has("cron") ? text("cron") + " " + text("zone") : "every " + text("every") + " s";
  }

  /** A share, as a percentage; empty where there is none. */
  public String percent(String name) {
    return json.getValue(name) instanceof Number share
        ? String.format(Locale.ROOT, "%.2f %%", share.doubleValue() * 100)
        : "";
  }

  /** A number to three digits behind the point; empty where there is none. */
  public String number(String name) {
    return json.getValue(name) instanceof Number number
        ? String.format(Locale.ROOT, "%,.3f", number.doubleValue())
        : "";
  }

  /** The object under this name. */
  public Shown at(String name) {
    return json.getValue(name) instanceof JsonObject object ? new Shown(object) : NOTHING;
  }

  /** The objects of the list under this name. */
  public List<Shown> all(String name) {
    return array(name).stream()
        .filter(JsonObject.class::isInstance)
        .map(one -> new Shown((JsonObject) one))
        .toList();
  }

  /** The values of the list under this name. */
  public List<String> texts(String name) {
    return array(name).stream().map(Shown::text).toList();
  }

  /** Everything in it. */
  public List<Entry> entries() {
    return json.stream().map(e -> new Entry(e.getKey(), text(e.getValue()))).toList();
  }

  private JsonArray array(String name) {
    return json.getValue(name) instanceof JsonArray array ? array : new JsonArray();
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
