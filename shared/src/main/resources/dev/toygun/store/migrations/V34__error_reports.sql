-- Error trackers are sinks too: they are told of errors, where the others are told of alarms.
alter table sinks
  drop constraint sinks_kind_check,
  add check (kind in ('webhook', 'slack', 'pagerduty', 'email', 'log', 'sentry'));

alter table deliveries
  add column error_uuid uuid,
  alter column alarm_uuid drop not null,
  drop constraint deliveries_event_check,
  add check (event in ('open', 'resolve', 'error')),
  add check ((event = 'error') = (error_uuid is not null)),
  add check ((event = 'error') = (alarm_uuid is null));

-- What it has not been looked for yet which sinks are to be told of it: written with the error, while
-- there is such a sink, and taken out soon.
create table untold_errors (
  uuid uuid        primary key,
  at   timestamptz not null
);

-- Of errors of one kind from one place a sink is told at most so often, with how many there were.
create table error_reports (
  sink        text        not null,
  fingerprint text[]      not null,
  -- Since it was last told; and the latest of them.
  times       bigint      not null check (times >= 0),
  error_uuid  uuid        not null,
  error_at    timestamptz not null,
  told_at     timestamptz,
  -- Null where nothing is to be told.
  due_at      timestamptz,
  primary key (sink, fingerprint)
);

create index error_reports_due on error_reports (sink, due_at) where due_at is not null;
create index error_reports_told on error_reports (sink, told_at);
