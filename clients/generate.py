#!/usr/bin/env python3
"""Writes what the clients have of the contract: shapes, operations, and where times stand.

Reads /openapi.json from a running Toygun (TOYGUN_URL, TOYGUN_API_KEY), which is openapi.yaml as JSON.

    python3 clients/generate.py            writes the files
    python3 clients/generate.py --check    ends with 1 if one of them is not what would be written
"""

import json
import os
import re
import sys
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAYS = "Written by clients/generate.py from openapi.yaml: change that, and run it again."


def contract():
    request = urllib.request.Request(
        os.environ["TOYGUN_URL"] + "/openapi.json",
        headers={"Authorization": "Bearer " + os.environ["TOYGUN_API_KEY"]},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def named(ref):
    return ref["$ref"].rsplit("/", 1)[1]


class Shapes:
    """The schemas that answers are made of, those inside of others before these."""

    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        self.found = {}
        for answer in answers(document):
            self.visit(answer)

    def visit(self, schema, within="", prop=""):
        """Finds what a schema names; gives an object without a name one after where it stands."""
        if "$ref" in schema:
            name = named(schema)
            if name not in self.found:
                self.visit_named(name, self.schemas[name])
        elif "properties" in schema:
            name = within + prop.title().replace("_", "")
            schema["x-name"] = name
            self.visit_named(name, schema)
        for inner in schema.get("oneOf", []):
            self.visit(inner, within, prop)
        if "items" in schema:
            self.visit(schema["items"], within, re.sub("s$", "", prop))

    def visit_named(self, name, schema):
        for prop, inner in schema.get("properties", {}).items():
            self.visit(inner, name, prop)
        # The clients give what is in a page, and raise a problem.
        properties = schema.get("properties", {})
        is_page = "items" in properties and properties.keys() <= {"items", "next_page_token", "counts"}
        if not is_page and name != "Problem":
            self.found[name] = schema


def answers(document):
    """The schema of each answer of each operation."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for response in operation["responses"].values():
                if "$ref" in response:
                    response = document["components"]["responses"][named(response)]
                for content in response.get("content", {}).values():
                    yield content["schema"]


class TypeScript:
    words = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

    def union(self, types):
        return " | ".join(dict.fromkeys(types))

    def literal(self, values):
        return self.union(json.dumps(value) for value in values)

    def array(self, of):
        return f"Array<{of}>"

    def map(self, of):
        return f"Record<string, {of}>"

    time, free, nothing = "Date", "Value", "null"

    def alias(self, name, written):
        return f"export type {name} = {written};\n"

    def shape(self, name, schema, typed):
        lines = [f"export interface {name} {{\n"]
        for prop, inner in schema["properties"].items():
            if "description" in inner:
                lines.append(f"  /** {inner['description']} */\n")
            lines.append(f"  {prop}{'' if prop in schema['required'] else '?'}: {typed(inner)};\n")
        return described(schema, "/** {} */\n") + "".join(lines) + "}\n"

    def file(self, body):
        return f"""// {SAYS}

/** What a field holds. An integer beyond 2^53 is a bigint, and a number with a fraction is text: no digit is lost. */
export type Value = string | number | bigint | boolean | null | Value[] | {{ [name: string]: Value }};

{body}"""


class Python:
    words = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

    def union(self, types):
        types = list(dict.fromkeys(types))
        return types[0] if len(types) == 1 else f"Union[{', '.join(types)}]"

    def literal(self, values):
        return f"Literal[{', '.join('None' if v is None else json.dumps(v) for v in values)}]"

    def array(self, of):
        return f"List[{of}]"

    def map(self, of):
        return f"Dict[str, {of}]"

    time, free, nothing = "datetime", "Any", "None"

    def alias(self, name, written):
        return f"{name} = {written}\n"

    # A class could not have a key that is called `from`.
    def shape(self, name, schema, typed):
        needed = {prop: inner for prop, inner in schema["properties"].items() if prop in schema["required"]}
        also = {prop: inner for prop, inner in schema["properties"].items() if prop not in needed}
        base = f"_{name}" if also else name
        text = described(schema, "# {}\n") if not also else ""
        text += f'{base} = TypedDict(\n    "{base}",\n    {{\n'
        text += "".join(f'        "{prop}": {typed(inner)},\n' for prop, inner in needed.items())
        text += "    },\n)\n"
        if also:
            text += f"\n\nclass {name}({base}, total=False):\n"
            text += described(schema, '    """{}"""\n\n')
            text += "".join(f"    {prop}: {typed(inner)}\n" for prop, inner in also.items())
            text += "\n"
        return text

    def file(self, body):
        return f'''"""The shapes of answers, for type checkers.

{SAYS}
"""

from datetime import datetime
from typing import Any, Dict, List, Literal, TypedDict, Union

{body}'''


def described(schema, form):
    return form.format(" ".join(schema["description"].split())) if "description" in schema else ""


def shapes(document, language):
    found = Shapes(document).found

    def typed(schema):
        if "$ref" in schema:
            return named(schema)
        if "x-name" in schema:
            kinds = schema["type"]
            return language.union([schema["x-name"]] + ([language.nothing] if "null" in kinds else []))
        if "oneOf" in schema:
            return language.union(typed(one) for one in schema["oneOf"])
        if "const" in schema:
            return language.literal([schema["const"]]) if schema["const"] is not True else (
                "true" if isinstance(language, TypeScript) else "Literal[True]"
            )
        if "enum" in schema:
            return language.literal(schema["enum"])
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not kinds:
            return language.free
        return language.union(simple(kind, schema) for kind in kinds)

    def simple(kind, schema):
        if kind == "array":
            return language.array(typed(schema.get("items", {})))
        if kind == "object":
            of = schema.get("additionalProperties")
            return language.map(typed(of) if isinstance(of, dict) else language.free)
        if kind == "string" and schema.get("format") == "date-time":
            return language.time
        return language.words[kind]

    parts = []
    for name, schema in found.items():
        if "properties" in schema:
            parts.append(language.shape(name, schema, typed))
        else:
            parts.append(language.alias(name, typed(schema)))
    return language.file("\n".join(parts))


def places(document):
    """The names under which times stand, and those under which there is whatever somebody has put there."""
    times, free = set(), set()
    for schema in Shapes(document).found.values():
        for name, inner in schema.get("properties", {}).items():
            if inner.get("$ref", "").endswith("/Time"):
                times.add(name)
            if inner.get("$ref", "").endswith("/Fields") or (
                "$ref" not in inner and inner.get("type", "object") == "object" and not inner.keys() & {"properties", "additionalProperties", "oneOf", "const", "enum"}
            ):
                free.add(name)
    return sorted(times), sorted(free)


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            refs = [named(one) for one in operation.get("parameters", []) if "$ref" in one]
            yield operation["operationId"], method.upper(), path, "idempotency_key" in refs, "validate_only" in refs


ONCE = "whether it takes an Idempotency-Key"
DRY = "whether it takes validate_only"


def python_table(document):
    times, free = places(document)
    rows = "".join(
        f'    "{name}": Operation("{method}", "{path}", {once}, {dry}),\n'
        for name, method, path, once, dry in operations(document)
    )
    return f'''"""What there is, and where times stand in it.

{SAYS}
"""

from typing import NamedTuple


class Operation(NamedTuple):
    """An operation of the contract. once: {ONCE}. dry: {DRY}."""

    method: str
    path: str
    once: bool
    dry: bool


OPERATIONS = {{
{rows}}}

# Under these names there may be a time,
TIMES = frozenset({json.dumps(times)})
# and under these is what users' types have put there, which is left as it is.
FREE = frozenset({json.dumps(free)})
'''


def javascript_table(document):
    times, free = places(document)
    word = {True: "true", False: "false"}
    rows = "".join(
        f'  {name}: {{ method: "{method}", path: "{path}", once: {word[once]}, dry: {word[dry]} }},\n'
        for name, method, path, once, dry in operations(document)
    )
    return f"""// {SAYS}

/** The operations of the contract. once: {ONCE}. dry: {DRY}. */
export const OPERATIONS = {{
{rows}}};

/** Under these names there may be a time, */
export const TIMES = new Set({json.dumps(times)});

/** and under these is what users' types have put there, which is left as it is. */
export const FREE = new Set({json.dumps(free)});
"""


def constant(name):
    return re.sub("([A-Z])", r"_\1", name).upper()


def java_table(document):
    word = {True: "true", False: "false"}
    rows = ",\n".join(
        f'  {constant(name)}("{method}", "{path}", {word[once]}, {word[dry]})'
        for name, method, path, once, dry in operations(document)
    )
    return f"""package dev.toygun.client;

/*
 * {SAYS}
 */

/** The operations of the contract. */
enum Operation {{
{rows};

  private final String method;
  private final String path;
  private final boolean once;
  private final boolean dry;

  Operation(String method, String path, boolean once, boolean dry) {{
    this.method = method;
    this.path = path;
    this.once = once;
    this.dry = dry;
  }}

  String method() {{
    return method;
  }}

  /** With its parameters in braces. */
  String path() {{
    return path;
  }}

  /** W{ONCE[1:]}. */
  boolean once() {{
    return once;
  }}

  /** W{DRY[1:]}. */
  boolean dry() {{
    return dry;
  }}
}}
"""


def files(document):
    return {
        "python/src/toygun/shapes.py": shapes(document, Python()),
        "python/src/toygun/contract.py": python_table(document),
        "javascript/src/shapes.d.ts": shapes(document, TypeScript()),
        "javascript/src/contract.js": javascript_table(document),
        "java/src/main/java/dev/toygun/client/Operation.java": java_table(document),
    }


def cut(schema, at=""):
    """Where YAML has cut a description at a comma: what is left is a key without a value."""
    inner = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for key, value in inner:
        if value is None and isinstance(schema, dict):
            yield f"{at}/{key}"
        yield from cut(value, f"{at}/{key}")


def main():
    document = contract()
    for at in cut(document):
        sys.exit(f"openapi.yaml: put the description into quotes, a comma has cut it: {at}")
    stale = []
    for name, text in files(document).items():
        file = HERE / name
        if not file.exists() or file.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(text, "utf-8")
    if stale and "--check" in sys.argv:
        sys.exit("not as the contract has it: " + ", ".join(stale) + "; run clients/generate.py")


if __name__ == "__main__":
    main()
