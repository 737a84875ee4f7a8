-- Whose alarms a sink is told of: of resources of these types, where it names any, and of those that
-- are or are below this one, where it names it. A type that nobody publishes any more, or a resource
-- that was removed, has no alarms.
alter table sinks
  add column types text[] not null default '{}' check (cardinality(types) <= 100),
  add column under uuid;
