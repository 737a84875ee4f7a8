-- How well tasks put alarms right: a row for each run that was under way while an alarm was open that
-- it repairs. A clock writes it once the run has ended; no run and no alarm does.
create table repairs (
  resource_uuid uuid        not null,
  task_uuid     uuid        not null,
  alarm_uuid    uuid        not null,
  type          text        not null,
  alarm         text        not null,
  task          text        not null,
  -- Whether no person started it; whether one broke it off.
  automatic     boolean     not null,
  aborted       boolean     not null,
  began_at      timestamptz not null,
  ended_at      timestamptz not null,
  -- When the alarm was over by it, and when it was open again within a day.
  cleared_at    timestamptz,
  relapsed_at   timestamptz,
  -- When it is looked at again; null once nothing more can come of it.
  due_at        timestamptz,
  primary key (task_uuid, alarm_uuid),
  check (relapsed_at is null or cleared_at is not null and due_at is null)
);

create index repairs_of on repairs (type, task, ended_at);
create index repairs_due on repairs (due_at) where due_at is not null;
create index repairs_ended on repairs (ended_at);

-- Tasks that did not work as repairs: while one is demoted its runs ask for approval.
create table demotions (
  type    text        not null,
  task    text        not null,
  demoted boolean     not null,
  -- Counts its changes; what they are fenced by.
  version bigint      not null check (version >= 1),
  -- When it came to stand so: only runs that began after that count against it.
  since   timestamptz not null,
  actor   text        not null,
  reason  text        not null,
  primary key (type, task)
);
