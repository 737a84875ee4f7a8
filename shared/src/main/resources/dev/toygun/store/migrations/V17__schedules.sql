-- Tasks that start by the time of day, or again and again. Neither table has had a writer.
drop table buckets;
drop table schedules;

-- A row for each task of a resource whose type gives it a schedule: made with the resource, and by
-- whoever finds that the type has another schedule by now.
create table schedules (
  resource_uuid uuid        not null,
  -- The task that it starts.
  name          text        not null,
  -- The schedule by which next_at was reckoned; empty before it was.
  spec          text        not null default '',
  -- When the task is to start next.
  next_at       timestamptz,
  -- When a clock looks at the row: then, or later where something stands in its way.
  due_at        timestamptz not null,
  -- The last time for which it was started.
  last_at       timestamptz,
  -- What came of it last, if it was not simply started.
  note          text        not null default '',
  primary key (resource_uuid, name)
);

create index schedules_due on schedules (due_at, resource_uuid, name);

alter table resource_types
  -- The schedules of its tasks by name; null where none has any.
  add column schedules jsonb,
  -- Whose schedules are other ones by now: the last of its resources that has been seen to.
  add column enrols_after timestamptz,
  add column enrols_uuid  uuid;

create index resource_types_enrolling on resource_types (name, version)
  where enrols_after is not null;

create or replace function toygun_sound(t tasks) returns boolean
  language sql immutable parallel safe
return coalesce(
  t.version >= 1 and t.schema_version >= 1 and t.wakes >= 0 and t.tries >= 0 and t.streak >= 0
  and t.priority between 0 and 9 and t.run >= 1 and t.resource_uuid <> t.uuid
  and t.entered between 0 and t.step and (t.step = 0 or t.state <> '__new__')
  and (t.every_s is null and t.bucket is null
       or coalesce(t.every_s between 1 and 300 and t.bucket between 0 and t.every_s - 1, false))
  and t.active = (t.ended_at is null)
  and (t.active
       or t.state = '__stop__' and t.due_at is null and t.every_s is null and t.deadline_at is null)
  and (t.outcome is null or t.outcome in ('finished', 'stopped', 'timed_out', 'aborted'))
  and t.cause in
    ('clock', 'trigger', 'schedule', 'api', 'parent', 'alarm', 'signal', 'operator'),
  false);
