package dev.toygun;

import java.util.List;

/**
 * Where a worker finds resource types: implement it, name the class in {@code
 * META-INF/services/dev.toygun.ResourceTypes}, and put the jar on the worker's class path or in
 * {@code TOYGUN_TYPES_PATH}.
 */
public interface ResourceTypes {
  /** The types, made once at the worker's start. */
  List<ResourceType<?>> types(Setting setting);
}
