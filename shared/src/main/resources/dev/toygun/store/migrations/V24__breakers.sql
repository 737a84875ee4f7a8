-- Breakers: what keeps tasks from running while what they need does not work.
create table breakers (
  name    text        primary key,
  state   text        not null check (state in ('closed', 'open', 'half_open')),
  -- Counts its changes; what they are fenced by.
  version bigint      not null check (version >= 1),
  -- When it came to stand so. What failed before does not count.
  since   timestamptz not null,
  -- When it is looked at again; null where it is closed, or a person opened it.
  until   timestamptz,
  -- How often in a row it was opened.
  times   integer     not null check (times >= 0),
  hold    uuid,
  actor   text        not null,
  reason  text        not null,
  check ((state = 'closed') = (hold is null)),
  check (state <> 'half_open' or until is not null)
);

-- Which breaker counts the try that failed; null of all whose task has none, which no index has.
alter table errors add column breaker text;
create index errors_breaker on errors (breaker, at) where breaker is not null;

-- How many tries went well, as each worker notes it once a second of tasks with breakers: a poll that
-- goes well is in no history.
create table breaker_tries (
  breaker text        not null,
  at      timestamptz not null default now(),
  n       bigint      not null check (n > 0)
);

create index breaker_tries_of on breaker_tries (breaker, at);
create index breaker_tries_at on breaker_tries (at);

-- An open breaker is a hold.
alter table holds
  drop constraint holds_scope_check,
  drop constraint holds_check1,
  -- What it keeps, each as 'type/task'; the runs that are let go to see whether things work again; and
  -- over how many seconds all are let go then.
  add column tasks    text[],
  add column probes   uuid[],
  add column spread_s integer check (spread_s >= 0),
  add check (scope in ('subtree', 'type', 'task', 'queue', 'all', 'breaker')),
  add check ((scope in ('type', 'task', 'queue', 'breaker')) = (name is not null)),
  add check ((scope = 'breaker') = (tasks is not null and probes is not null and spread_s is not null));
