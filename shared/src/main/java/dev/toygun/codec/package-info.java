/**
 * Fields as text: decorated JSON, and plain JSON for clients.
 *
 * <p><b>Decorated JSON</b> is JSON in which values that JSON lacks wear their type as a tag, an
 * object with one capitalised key. It is what Postgres stores in {@code jsonb}, and whatever Java
 * had before writing, it has again after reading:
 *
 * <pre>
 *   {"port": 5432,  "up": true,  "note": "as they are",
 *    "since":  {"Time": "2026-03-01T12:00:00.000000001Z"},
 *    "token":  {"Secret": [1, "gAAAAA…"]},        key id, Fernet token
 *    "zones":  {"Set": ["a", "b"]},
 *    "odd":    {"Hash": [[1, "one"]]},            keys that are no strings
 *    "looks":  {"Hash": {"Time": "is a word"}}}   a map that looks like a tag
 * </pre>
 *
 * <p>The one rule of escaping: a map with a single entry whose key begins with a capital letter is
 * wrapped in {@code Hash}. So a tag that is invented later means nothing else in what was stored
 * before.
 *
 * <pre>
 *   text of a row ──► Stored ──► Attrs ──► find(field)      sliced once, each value read when asked
 *                     slices       │
 *                                  └─ with(field, v) ──► toJson()   slices again, and what changed
 * </pre>
 *
 * <p>{@link dev.toygun.codec.Attrs} never reads the whole row into objects: values that nobody asks
 * for, and secrets that nobody opens, stay the bytes they were. Start with {@link
 * dev.toygun.codec.Codec}.
 */
@NullMarked
package dev.toygun.codec;

import org.jspecify.annotations.NullMarked;
