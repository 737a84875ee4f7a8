-- Runs of tasks with limits. No ordinary move changes these columns, so moves stay HOT updates, and
-- what has no limits is in no index of them.
alter table tasks
  -- 'waits' for its turn in __new__, 'admitted' from then on; null of a run that was never asked to wait.
  add column admission    text,
  -- Of one that waits its place in the line, which is when it was made; then when it was let in.
  add column admission_at timestamptz;

-- One index for who waits, the oldest first; who is under way; and who was let in since some time.
create index tasks_admission on tasks (admission, active, type, name, admission_at, uuid)
  where admission is not null;

create or replace function toygun_sound(t tasks) returns boolean
  language sql immutable parallel safe
return coalesce(
  t.version >= 1 and t.schema_version >= 1 and t.wakes >= 0 and t.tries >= 0 and t.streak >= 0
  and t.priority between 0 and 9 and t.run >= 1 and t.resource_uuid <> t.uuid
  and t.entered between 0 and t.step
  -- One that was retried after its code was missing is back where it begins, and may have to wait there.
  and (t.step = 0 or t.state <> '__new__' or t.admission is not distinct from 'waits')
  and (t.every_s is null and t.bucket is null
       or coalesce(t.every_s between 1 and 300 and t.bucket between 0 and t.every_s - 1, false))
  and t.active = (t.ended_at is null)
  and (t.active
       or t.state = '__stop__' and t.due_at is null and t.every_s is null and t.deadline_at is null)
  and (t.outcome is null or t.outcome in ('finished', 'stopped', 'timed_out', 'aborted'))
  and t.cause in
    ('clock', 'trigger', 'schedule', 'api', 'parent', 'alarm', 'signal', 'operator')
  and (t.admission is null or t.admission in ('waits', 'admitted'))
  and (t.admission is null) = (t.admission_at is null),
  false);
