-- The tables that every move writes have no checks of their rows: a server reads and prepares each
-- check again with every statement, and for a lone one that took it longer than the writing. What
-- they said of rows that are active the audit looks for, once a minute (LivenessSql). Nor does a
-- task prove by a foreign key that its resource is there: whoever makes one has locked it.
do $install$
declare
  old record;
begin
  for old in
    select conrelid::regclass as of_table, conname
      from pg_constraint
     where contype = 'c' and conislocal
       and conrelid in ('resources'::regclass, 'tasks'::regclass, 'transitions'::regclass)
        or contype = 'f' and conrelid = 'tasks'::regclass
  loop
    execute format('alter table %s drop constraint %I', old.of_table, old.conname);
  end loop;
end
$install$;

-- Whether a row says nothing that no row of Toygun says.
create function toygun_sound(r resources) returns boolean
  language sql immutable parallel safe
return coalesce(
  r.version >= 1 and r.schema_version >= 1 and r.wakes >= 0 and r.tries >= 0 and r.misses >= 0
  and r.priority between 0 and 9 and r.label <> ''
  and r.entered between 0 and r.step and (r.step = 0 or r.state <> '__new__')
  and (r.every_s is null and r.bucket is null
       or coalesce(r.every_s between 1 and 300 and r.bucket between 0 and r.every_s - 1, false))
  and r.active = (r.ended_at is null)
  and (r.active
       or r.state = '__stop__' and r.due_at is null and r.every_s is null and r.deadline_at is null)
  and r.deleting in ('no', 'asked', 'begun')
  and r.availability in ('unknown', 'online', 'uncertain', 'offline', 'known_offline')
  and (r.parent_uuid is null) = (r.path = '{}') and r.parent_uuid is distinct from r.uuid,
  false);

create function toygun_sound(t tasks) returns boolean
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
  and t.cause in ('clock', 'trigger', 'api', 'parent', 'alarm', 'signal', 'operator'),
  false);
