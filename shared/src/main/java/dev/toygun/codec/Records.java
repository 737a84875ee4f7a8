package dev.toygun.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.toygun.Field;
import dev.toygun.FieldType.Kind;
import dev.toygun.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users' own classes as JSON trees, by Jackson. */
final class Records {
  /* A property that the class does not know is an error, not dropped: what is read here is written
   * back whole. No stored text ever chooses a class: the validator allows none, and there is no
   * default typing. Decimals are texts, since jsonb rewrites 1E+3 as 1000. */

  private static final ObjectMapper MAPPER =
      mapper(new SimpleModule().addSerializer(BigDecimal.class, ToStringSerializer.instance));

  /* What was read goes through no jsonb any more: its decimals are numbers, which an int takes too. */
  private static final ObjectMapper READER = mapper(new SimpleModule());

  private Records() {}

  private static ObjectMapper mapper(SimpleModule module) {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(module.addSerializer(Secret.class, new NoSecrets()))
        .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
        .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .build();
  }

  /** The last line: a secret that start-up did not find (behind an Object, say) is not written. */
  private static final class NoSecrets extends JsonSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.reportBadDefinition(
          Secret.class, "a record holds a Secret: give it a secret field of its own");
    }
  }

  /**
   * The object as a tree of maps, lists and simple values.
   *
   * @throws IllegalArgumentException if Jackson cannot write it
   */
  static @Nullable Object tree(Object value) {
    try {
      // Through text, not through a buffer of tokens, which would keep bytes and floats as objects.
      return JsonTree.parse(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /**
   * The tree as an object of this class.
   *
   * @throws IllegalArgumentException if it is none's
   */
  static Object object(Object tree, Class<?> holder) {
    return holder.isInstance(tree) ? tree : READER.convertValue(tree, holder);
  }

  static List<String> problems(String owner, Collection<Field<?>> declared) {
    List<String> problems = new ArrayList<>();
    for (Field<?> field : declared) {
      List<Class<?>> classes = new ArrayList<>(field.elements());
      if (field.type().kind() == Kind.JSON) {
        classes.add(field.holder());
      }
      for (Class<?> c : classes) {
        problem(c).ifPresent(p -> problems.add("%s, field %s: %s".formatted(owner, field, p)));
      }
    }
    return problems;
  }

  private static java.util.Optional<String> problem(Class<?> c) {
    try {
      return c != Secret.class && reachesSecret(MAPPER.constructType(c), new HashSet<>())
          ? java.util.Optional.of(
              c.getSimpleName() + " holds a Secret: give it a secret field of its own")
          : java.util.Optional.empty();
    } catch (IllegalArgumentException e) {
      return java.util.Optional.of(c.getSimpleName() + " cannot be stored: " + e.getMessage());
    }
  }

  private static boolean reachesSecret(JavaType type, Set<JavaType> seen) {
    if (type.hasRawClass(Secret.class)) {
      return true;
    }
    if (!seen.add(type)) {
      return false;
    }
    for (JavaType parameter : type.getBindings().getTypeParameters()) {
      if (reachesSecret(parameter, seen)) {
        return true;
      }
    }
    JavaType content = type.getContentType();
    if (content != null && reachesSecret(content, seen)) {
      return true;
    }
    if (type.isPrimitive() || type.getRawClass().getName().startsWith("java.")) {
      return false;
    }
    for (BeanPropertyDefinition property :
        MAPPER.getSerializationConfig().introspect(type).findProperties()) {
      if (reachesSecret(property.getPrimaryType(), seen)) {
        return true;
      }
    }
    return false;
  }
}
