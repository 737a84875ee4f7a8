-- What the triggers of tasks were last seen to be. A row for those that were ever true: a task is
-- started and stopped as they turn true, not for as long as they are.
create table triggers (
  resource_uuid uuid        not null,
  -- The task that they start and stop.
  name          text        not null,
  -- It was to run, and was started for that.
  starts        boolean     not null,
  -- It was to be stopped.
  stops         boolean     not null,
  -- The last run that its trigger stopped: over what others stopped nothing is started.
  stopped       bigint      not null,
  -- What a predicate threw.
  fault         text,
  at            timestamptz not null default now(),
  primary key (resource_uuid, name)
);
