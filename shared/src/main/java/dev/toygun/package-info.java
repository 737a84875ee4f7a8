/**
 * What a user writes: resource types, their fields, states and tasks.
 *
 * <pre>
 *   ResourceType ── fields ── Field&lt;T&gt; …                     an object: its row
 *        │
 *        ├── states ── StateDef: decide ──► Next               what it is, and what it wants
 *        │
 *        └── tasks ─── TaskType ── StateDef: async / blocking ──► Next   a method call: a row too
 * </pre>
 *
 * <p><b>Resources decide, tasks do.</b> A resource's states are pure functions of what they can see
 * (their fields, their tasks' statuses, their children), run again whenever one of those changes.
 * Only a task's states touch the world. Code gets a {@link dev.toygun.Tick}, a snapshot, and
 * returns a {@link dev.toygun.Next}, a value: where the machine goes, the fields it changes, the
 * tasks it starts. One place, the worker, carries the value out in one commit. So a state is tested
 * by calling a method and comparing what it returns.
 *
 * <p>A state's code runs <em>at least once</em> and its outcome is committed <em>at most once</em>.
 * Whatever is made outside is therefore made under {@link dev.toygun.Tick#token}, the same on every
 * try.
 *
 * <p>This package knows the JDK, JSpecify and {@code io.vertx.core}, and nothing else of Toygun.
 */
@NullMarked
package dev.toygun;

import org.jspecify.annotations.NullMarked;
