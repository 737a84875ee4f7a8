-- Alarms that fold, climb, snooze and escalate, and who was asked on a panic's way up.

alter table alarms
  -- The task whose alarm it is; null for the resource's own.
  add column task       text,
  -- Whether a worker judges it, by user code; if not, the state of its subject does.
  add column judged     boolean       not null default false,
  -- After so long without an acknowledgement it becomes more severe.
  add column escalate_s integer       check (escalate_s >= 1),
  -- It has flapped, and closes then if it stays clear.
  add column clear_at   timestamptz,
  -- The alarm or the hold that keeps it quiet.
  add column under      uuid,
  -- When its repair was started.
  add column repairs    timestamptz[] not null default '{}',
  add column opened_at  timestamptz,
  add check (state in ('pending', 'climbing', 'open', 'acknowledged', 'snoozed', 'ignored', 'folded',
                       'held', 'closed')),
  add check (under is null or state in ('folded', 'held'));

-- Nobody ticks an alarm: the clock moves it when its time comes, whatever its list.
drop index alarms_due;
create index alarms_due on alarms (due_at) where active and due_at is not null;
create index alarms_under on alarms (under) where under is not null;
create index alarms_ended on alarms (resource_uuid, ended_at) where not active;
create index alarms_timeout on alarms (created_at) where active and name = 'timeout';

alter table hops
  -- The machine that panicked, and the step at which it did.
  add column panicked_resource uuid        not null,
  add column panicked_uuid     uuid        not null,
  add column step              bigint      not null,
  -- How often handlers had retried it since it last moved by itself.
  add column retries           integer     not null default 0,
  add column decided_at        timestamptz,
  add check (decision in ('retry', 'rewind', 'stop', 'start', 'decline', 'time_out', 'overtaken')),
  add check (decision is null = (due_at is not null));

create index hops_waiting on hops (resource_uuid, at) where due_at is not null;
create index hops_panicked on hops (panicked_uuid, step);

-- A hold that is released or over holds on until the deadlines of all that it held have been moved.
alter table holds
  add column released_by text,
  add column settled_at  timestamptz,
  -- How far the moving has come.
  add column upto        uuid not null default '00000000-0000-0000-0000-000000000000';

drop index holds_active;
create index holds_active on holds (created_at) where settled_at is null;
