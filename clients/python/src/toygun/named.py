"""How a caller names things."""

from typing import Any, Dict, Mapping, Optional, Tuple, Union

# A resource is named by what create, get, list, a tree or an event gave, or by its type and uuid.
NamedResource = Union[Mapping[str, Any], Tuple[str, str]]
# A run, an alarm, a hold, … by what the API gave, or by its uuid.
Named = Union[Mapping[str, Any], str]
# What a thing has to be for a change: as it was given, its version, or an ETag.
Version = Union[Mapping[str, Any], int, str]


def resource_path(resource: NamedResource) -> Dict[str, str]:
    """Raises ValueError where it names no resource."""
    if isinstance(resource, tuple) and len(resource) == 2:
        return {"type": str(resource[0]), "uuid": str(resource[1])}
    if isinstance(resource, Mapping) and resource.get("type") and resource.get("uuid"):
        return {"type": resource["type"], "uuid": resource["uuid"]}
    raise ValueError("a resource is expected: as the API gave it, or (type, uuid)")


def uuid_path(named: Named) -> Dict[str, str]:
    """Raises ValueError where it names nothing, as a task that has never run."""
    uuid = named.get("uuid") if isinstance(named, Mapping) else named
    if not uuid:
        raise ValueError("what the API gave, or a uuid is expected; a task that has never run has none")
    return {"uuid": str(uuid)}


def name_path(named: Named) -> Dict[str, str]:
    """The same of what has a name instead, as a sink."""
    return {"name": str(named["name"] if isinstance(named, Mapping) else named)}


def etag(version: Optional[Version]) -> Optional[str]:
    """As it is sent in If-Match."""
    if isinstance(version, Mapping):
        version = version.get("version")
        if version is None:
            raise ValueError("if_match: what the API gave is expected, with its version, or the version")
    return f'"{version}"' if isinstance(version, int) else version
