package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.Constraints;
import dev.toygun.FieldType;
import dev.toygun.Ref;
import dev.toygun.Secret;
import dev.toygun.api.Problem.Wrong;
import dev.toygun.codec.ConstraintCheck;
import dev.toygun.codec.ConstraintText;
import dev.toygun.codec.Decorated;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.store.FieldValues;
import dev.toygun.store.Operations;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fields as people send and see them, by their published types alone. A secret is sealed as soon as
 * it is read, and shown as stars.
 */
final class Fields {
  /** What is shown of a secret. */
  static final String STARS = Secret.STARS;

  private static final int MAX_NAMED = 20;

  /** The tags of decorated JSON in which the text of a number stands. */
  private static final List<String> NUMBERS = List.of("Decimal", "Integer");

  private final FieldSeal seal;
  private final Time time;

  Fields(FieldSeal seal, Time time) {
    this.seal = seal;
    this.time = time;
  }

  /**
   * The fields of a new row, as they are stored: what was sent. The rest reads its initial value.
   *
   * @param pointer where the fields stand in the body
   * @param place what its secrets are sealed for: a type, or a type and a task
   * @param property the member of the body that they stand in
   * @throws Problem naming everything that is wrong
   */
  String fresh(
      String pointer,
      List<FieldDefinition> declared,
      String place,
      UUID row,
      Call call,
      String property) {
    List<Wrong> wrong = new ArrayList<>();
    Map<String, @Nullable Object> values =
        read(pointer, declared, place, row, call, property, wrong);
    for (FieldDefinition field : declared) {
      String at = pointer + "/" + field.name();
      if (values.get(field.name()) == null
          && field.initial() == null
          && field.required()
          && wrong.stream().noneMatch(w -> (w.pointer() + "/").startsWith(at + "/"))) {
        wrong.add(
            new Wrong(
                at,
                (field.internal()
                        ? "it is required, and internal: %s is expected, of code or an admin"
                        : "it is required: %s is expected")
                    .formatted(expected(field))));
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return Decorated.formatFields(values);
  }

  /* That it is one of few says of which type, and what is at least 1 does not. */
  private static String expected(FieldDefinition field) {
    Constraints constraints = ConstraintText.parse(field.constraints());
    return constraints.oneOf() == null
        ? field.type()
        : ConstraintCheck.expected(constraints, FieldType.parse(field.type())).orElseThrow();
  }

  /** A change of stored fields, that has been read and can be made under the row's lock. */
  interface Change {
    Operations.NewAttrs of(String attrs);
  }

  /**
   * What a call changes of a row's fields.
   *
   * @throws Problem naming everything that is wrong
   */
  Change change(List<FieldDefinition> declared, String place, UUID row, Call call) {
    Map<String, @Nullable Object> sent = changed(declared, place, row, call);
    return attrs -> {
      Operations.NewAttrs now = FieldValues.with(declared, attrs, sent);
      return new Operations.NewAttrs(
          seal.upToDate(now.json(), time.now()), now.changed(), now.said());
    };
  }

  private Map<String, @Nullable Object> changed(
      List<FieldDefinition> declared, String place, UUID row, Call call) {
    List<Wrong> wrong = new ArrayList<>();
    Map<String, @Nullable Object> sent =
        read("/fields", declared, place, row, call, "fields", wrong);
    for (FieldDefinition field : declared) {
      if (field.required() && sent.containsKey(field.name()) && sent.get(field.name()) == null) {
        wrong.add(
            new Wrong(
                "/fields/" + field.name(),
                "it is required, so it cannot be taken away: send another value, or leave it out to keep this one"));
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return sent;
  }

  /**
   * What a call changes of fields, as decorated JSON: null for what it takes away.
   *
   * @throws Problem naming everything that is wrong
   */
  String sent(List<FieldDefinition> declared, UUID row, Call call) {
    return Decorated.formatFields(changed(declared, "", row, call));
  }

  private Map<String, @Nullable Object> read(
      String pointer,
      List<FieldDefinition> declared,
      String place,
      UUID row,
      Call call,
      String property,
      List<Wrong> wrong) {
    checkInternal(declared, call, property);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Object> sent : call.object(property)) {
      String name = sent.getKey();
      Optional<FieldDefinition> field =
          declared.stream().filter(f -> f.name().equals(name)).findFirst();
      String at = pointer + "/" + InElement.step(name);
      if (field.isEmpty()) {
        wrong.add(new Wrong(at, unknown(name, declared)));
      } else if (sent.getValue() == null) {
        values.put(name, null);
      } else {
        FieldSeal.Place sealedFor = new FieldSeal.Place(place, row, name);
        try {
          FieldType type = FieldType.parse(field.get().type());
          Object plain = call.decorated() ? undecorated(type, sent.getValue()) : sent.getValue();
          Object value =
              Plain.value(
                  type,
                  plain,
                  secret ->
                      seal.seal(sealedFor, secret.getBytes(StandardCharsets.UTF_8), time.now()));
          checkWithin(call.caller().scope(), value);
          constrain(ConstraintText.parse(field.get().constraints()), value);
          Decorated.format(value); // refuses what cannot be stored: a thousand levels, say
          values.put(name, value);
        } catch (InElement e) {
          wrong.add(new Wrong(at + e.pointer(), String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
          wrong.add(new Wrong(at, String.valueOf(e.getMessage())));
        }
      }
    }
    return values;
  }

  private static void checkInternal(List<FieldDefinition> declared, Call call, String property) {
    List<String> internal =
        declared.stream()
            .filter(FieldDefinition::internal)
            .map(FieldDefinition::name)
            .filter(call.object(property)::containsKey)
            .toList();
    if (!internal.isEmpty() && !call.caller().role().allows(Role.ADMIN)) {
      throw Outside.internal(internal);
    }
  }

  private static void constrain(Constraints constraints, Object value) {
    ConstraintCheck.find(constraints, value)
        .ifPresent(
            wrong -> {
              throw wrong.at() == null
                  ? new IllegalArgumentException(wrong.said())
                  : new InElement(wrong.at(), wrong.said());
            });
  }

  /* Code is shown what a reference names, secrets and all. A task's names it to nobody but itself. */
  private static void checkWithin(KeyScope scope, @Nullable Object value) {
    if (value instanceof Ref ref && !scope.has(ref)) {
      throw new IllegalArgumentException(
          "it refers to a resource of type %s that is outside of this key, which is limited %s: leave it out to keep it as it is"
              .formatted(ref.type(), scope));
    } else if (value instanceof Iterable<?> elements) {
      elements.forEach(one -> checkWithin(scope, one));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, one) -> {
            checkWithin(scope, key);
            checkWithin(scope, one);
          });
    }
  }

  /* Decorated JSON says its types itself; they still have to be the field's. */
  private static Object undecorated(FieldType type, Object sent) {
    bounded(sent);
    Object value = Plain.shown(Decorated.parse(Json.encode(sent)), false);
    if (value == null || Fields.STARS.equals(value)) {
      throw new IllegalArgumentException(type + " is expected");
    }
    return value;
  }

  /* The codec takes numbers of any size, and half a minute for a million digits. */
  private static void bounded(@Nullable Object sent) {
    if (sent instanceof JsonArray array) {
      array.forEach(Fields::bounded);
    } else if (sent instanceof JsonObject object) {
      for (Map.Entry<String, Object> one : object) {
        if (NUMBERS.contains(one.getKey())
            && one.getValue() instanceof String text
            && text.length() > ExactJson.MOST_DIGITS + 20) {
          throw new IllegalArgumentException("a number of at most 1,000 digits is expected");
        }
        bounded(one.getValue());
      }
    }
  }

  /** What is said of a name that none of these fields has. */
  static String unknown(String name, List<FieldDefinition> declared) {
    if (BuiltIn.reserved(name)) {
      return "names that begin and end with two underscores are reserved";
    }
    List<String> names = declared.stream().map(FieldDefinition::name).limit(MAX_NAMED).toList();
    return names.isEmpty()
        ? "there is no field '%s': there are none here".formatted(name)
        : "there is no field '%s': there are %s".formatted(name, names);
  }

  /** Stored fields as they are shown: what is not stored has its initial value. */
  JsonObject show(List<FieldDefinition> declared, String attrs, boolean decorated) {
    Map<String, @Nullable Object> stored = FieldValues.stored(declared, attrs);
    JsonObject shown = new JsonObject();
    for (FieldDefinition field : declared) {
      Object value = stored.containsKey(field.name()) ? stored.get(field.name()) : initial(field);
      if (value != null) {
        shown.put(field.name(), Plain.shown(value, decorated));
      }
    }
    // What no definition has is not hidden: __lost_found__, and what a newer worker added.
    stored.forEach(
        (name, value) -> {
          if (!shown.containsKey(name)) {
            shown.put(name, Plain.shown(value, decorated));
          }
        });
    return shown;
  }

  /** The initial value of a field; null for none. */
  static @Nullable Object initial(FieldDefinition field) {
    return field.initial() == null ? null : Decorated.parse(field.initial());
  }

  /** The typed attributes of an error, as they are shown. */
  static JsonObject attributes(String attrs) {
    JsonObject shown = new JsonObject();
    Decorated.parseFields(attrs)
        .forEach((name, value) -> shown.put(name, Plain.shown(value, false)));
    return shown;
  }

  /**
   * Values that a list is narrowed to, as {@link Views.ResourceQuery} has them.
   *
   * @throws Problem naming a field that is not there, is secret, or has another type
   */
  String filter(TypeDefinition type, Map<String, String> sent) {
    List<Map<String, @Nullable Object>> values = new ArrayList<>();
    sent.forEach(
        (name, text) -> {
          FieldDefinition field =
              type.field(name).orElseThrow(() -> Filters.bad(unknown(name, type.fields())));
          if (field.secret()) {
            throw Filters.bad("field '%s' is secret: nothing is found by it".formatted(name));
          }
          try {
            List<String> names = new ArrayList<>(List.of(name));
            names.addAll(field.formerly());
            Map<String, @Nullable Object> value = new LinkedHashMap<>();
            value.put("names", names);
            value.put("is", Plain.typed(FieldType.parse(field.type()), text));
            value.put("unset", initial(field));
            values.add(value);
          } catch (IllegalArgumentException e) {
            throw Filters.bad("field '%s': %s".formatted(name, e.getMessage()));
          }
        });
    return Decorated.format(values);
  }

  /**
   * What is said of values of which there are a few others: what has one was stored before that, or
   * it is a slip, and nothing has it.
   *
   * @param sent as {@link #filter} took it
   */
  static List<String> unusual(TypeDefinition type, Map<String, String> sent) {
    List<String> said = new ArrayList<>();
    sent.forEach(
        (name, text) -> {
          FieldDefinition field = type.field(name).orElseThrow();
          Constraints constraints = ConstraintText.parse(field.constraints());
          Object value = Plain.typed(FieldType.parse(field.type()), text);
          if (constraints.oneOf() != null) {
            ConstraintCheck.problem(constraints, value)
                .ifPresent(wrong -> said.add("field '%s': %s".formatted(name, wrong)));
          }
        });
    return said;
  }
}
