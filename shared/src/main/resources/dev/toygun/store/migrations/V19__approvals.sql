-- 'asks' for approval in __new__, before it 'waits' for its turn there.
create or replace function toygun_sound(t tasks) returns boolean
  language sql immutable parallel safe
return coalesce(
  t.version >= 1 and t.schema_version >= 1 and t.wakes >= 0 and t.tries >= 0 and t.streak >= 0
  and t.priority between 0 and 9 and t.run >= 1 and t.resource_uuid <> t.uuid
  and t.entered between 0 and t.step
  -- One that was retried after its code was missing is back where it begins, and may have to wait there.
  and (t.step = 0 or t.state <> '__new__' or coalesce(t.admission, '') in ('waits', 'asks'))
  and (t.every_s is null and t.bucket is null
       or coalesce(t.every_s between 1 and 300 and t.bucket between 0 and t.every_s - 1, false))
  and t.active = (t.ended_at is null)
  and (t.active
       or t.state = '__stop__' and t.due_at is null and t.every_s is null and t.deadline_at is null)
  and (t.outcome is null or t.outcome in ('finished', 'stopped', 'timed_out', 'aborted'))
  and t.cause in
    ('clock', 'trigger', 'schedule', 'api', 'parent', 'alarm', 'signal', 'operator')
  and (t.admission is null or t.admission in ('asks', 'waits', 'admitted'))
  and (t.admission is null) = (t.admission_at is null),
  false);
