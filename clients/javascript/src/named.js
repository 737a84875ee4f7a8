/** A resource is named by what the API gave of it, or by its type and uuid: { type, uuid }. */
export function resourcePath(resource) {
  if (!resource?.type || !resource?.uuid) {
    throw new TypeError("a resource is expected: as the API gave it, or { type, uuid }");
  }
  return { type: resource.type, uuid: resource.uuid };
}

/** A run, an alarm, … by what the API gave, or by its uuid. */
export function uuidPath(named) {
  const uuid = typeof named === "string" ? named : named?.uuid;
  if (!uuid) {
    throw new TypeError("what the API gave, or a uuid is expected; a task that has never run has none");
  }
  return { uuid };
}

/** The same of what has a name instead, as a sink. */
export function namePath(named) {
  return { name: typeof named === "string" ? named : named.name };
}

/** The uuid of what narrows a list, if something does. */
export function uuidOf(named) {
  return named === undefined || named === null ? undefined : uuidPath(named).uuid;
}

/** What a thing has to be for a change, as If-Match: as it was given, its version, or an ETag. */
export function etag(version) {
  const value = version !== null && typeof version === "object" ? version.version : version;
  if (value === undefined && version !== undefined) {
    throw new TypeError("ifMatch: what the API gave is expected, with its version, or the version");
  }
  return typeof value === "number" || typeof value === "bigint" ? `"${value}"` : value;
}
