-- Toygun's tables. PostgreSQL 14 to 18.
--
-- * Ordinary moves have to stay HOT updates: no index on tasks, by key, predicate or INCLUDE, names
--   state, step, version, attrs, deadline_at or updated_at. Any one of them would make every move
--   write every index. Hence the boolean "active", and fillfactor 70: room for the new version of
--   a row on its own page.
-- * A task is never far from its resource: every row of history carries resource_uuid too, and no
--   foreign key leads from one resource to another, so that the tables can be split by resource.
-- * Names of states are data: what a type defines. Only the built-in ones are known here.

create table resource_types (
  name       text        not null,
  version    integer     not null check (version >= 1),
  definition jsonb       not null,
  -- The part of the definition that may not differ between builds: fields, states, edges, tasks.
  shape      text        not null,
  updated_at timestamptz not null default now(),
  primary key (name, version)
);

-- Which builds publish a definition, and when one last did.
create table type_builds (
  name    text        not null,
  version integer     not null,
  build   text        not null,
  seen_at timestamptz not null default now(),
  primary key (name, version, build)
);

create table resources (
  uuid           uuid        primary key,
  parent_uuid    uuid,
  -- Its ancestors, the root first.
  path           uuid[]      not null default '{}',
  label          text        not null check (label <> ''),
  type           text        not null,
  schema_version integer     not null check (schema_version >= 1),
  queue          text        not null default 'default',
  priority       smallint    not null default 5 check (priority between 0 and 9),
  state          text        not null default '__new__',
  step           bigint      not null default 0 check (step >= 0),
  -- Counts every write except a wake; what outcomes are fenced by.
  version        bigint      not null default 1 check (version >= 1),
  wakes          bigint      not null default 0 check (wakes >= 0),
  entered        bigint      not null default 0 check (entered between 0 and step),
  tries          integer     not null default 0 check (tries >= 0),
  -- The state that a panicked one goes back to.
  resume         text,
  attrs          jsonb       not null default '{}' check (jsonb_typeof(attrs) = 'object'),
  due_at         timestamptz,
  every_s        integer     check (every_s between 1 and 300),
  bucket         integer     check (bucket >= 0 and bucket < every_s),
  deadline_at    timestamptz,
  waits          boolean     not null default false,
  active         boolean     not null default true,
  deleting       text        not null default 'no' check (deleting in ('no', 'asked', 'begun')),
  availability   text        not null default 'unknown'
    check (availability in ('unknown', 'online', 'uncertain', 'offline', 'known_offline')),
  misses         integer     not null default 0 check (misses >= 0),
  error          uuid,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  ended_at       timestamptz,
  check (parent_uuid is null = (path = '{}')),
  check (parent_uuid is null or parent_uuid <> uuid),
  check (step = 0 or state <> '__new__'),
  check (every_s is null = (bucket is null)),
  check (active or state = '__stop__'),
  check (active = (ended_at is null)),
  check (active or (due_at is null and every_s is null and deadline_at is null))
) with (fillfactor = 70);

create unique index resources_label on resources
  (coalesce(parent_uuid, '00000000-0000-0000-0000-000000000000'), type, label) where active;
create index resources_due on resources
  (queue, type, schema_version, priority, due_at, uuid) where active;
create index resources_polled on resources
  (queue, type, schema_version, priority, every_s, bucket, uuid)
  where active and every_s is not null;
create index resources_children on resources (parent_uuid, active);
create index resources_by_state on resources (type, state);
create index resources_by_created_at on resources (type, created_at, uuid);
create index resources_by_label on resources (type, label, uuid);

create table tasks (
  resource_uuid  uuid        not null references resources (uuid),
  uuid           uuid        not null,
  name           text        not null,
  run            bigint      not null check (run >= 1),
  type           text        not null,
  schema_version integer     not null check (schema_version >= 1),
  queue          text        not null default 'default',
  priority       smallint    not null default 5 check (priority between 0 and 9),
  state          text        not null default '__new__',
  step           bigint      not null default 0 check (step >= 0),
  version        bigint      not null default 1 check (version >= 1),
  wakes          bigint      not null default 0 check (wakes >= 0),
  entered        bigint      not null default 0 check (entered between 0 and step),
  tries          integer     not null default 0 check (tries >= 0),
  resume         text,
  attrs          jsonb       not null default '{}' check (jsonb_typeof(attrs) = 'object'),
  due_at         timestamptz,
  every_s        integer     check (every_s between 1 and 300),
  bucket         integer     check (bucket >= 0 and bucket < every_s),
  deadline_at    timestamptz,
  waits          boolean     not null default false,
  active         boolean     not null default true,
  -- How it ended or, in __exit__, is about to.
  outcome        text        check (outcome in ('finished', 'stopped', 'timed_out', 'aborted')),
  args           jsonb       not null default '{}' check (jsonb_typeof(args) = 'object'),
  started_by     text        not null,
  cause          text        not null
    check (cause in ('clock', 'trigger', 'api', 'parent', 'alarm', 'signal', 'operator')),
  streak         integer     not null default 0 check (streak >= 0),
  error          uuid,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  ended_at       timestamptz,
  primary key (resource_uuid, uuid),
  check (resource_uuid <> uuid),
  check (step = 0 or state <> '__new__'),
  check (every_s is null = (bucket is null)),
  check (active or state = '__stop__'),
  check (active = (ended_at is null)),
  check (active or (due_at is null and every_s is null and deadline_at is null))
) with (fillfactor = 70);

-- At most one unfinished run of a task.
create unique index tasks_active on tasks (resource_uuid, name) where active;
create unique index tasks_run on tasks (resource_uuid, name, run desc);
create unique index tasks_uuid on tasks (uuid);
create index tasks_due on tasks
  (queue, type, schema_version, priority, due_at, uuid) include (resource_uuid) where active;
create index tasks_polled on tasks
  (queue, type, schema_version, priority, every_s, bucket, uuid) include (resource_uuid)
  where active and every_s is not null;

-- History. A sequence and not an identity column, which a partitioned table of PostgreSQL 16 and
-- older cannot have. (xid, seq) is the order in which readers see commits: a sequence alone skips
-- late ones.
create sequence transitions_seq;

create table transitions (
  resource_uuid uuid        not null,
  subject_uuid  uuid        not null,
  step          bigint      not null check (step >= 1),
  at            timestamptz not null default now(),
  from_state    text        not null,
  to_state      text        not null,
  cause         text        not null,
  actor         text        not null,
  message       text        not null default '',
  error         uuid,
  changed       text[]      not null default '{}',
  worker        text        not null,
  build         text        not null,
  tick          uuid,
  trace         text,
  -- The four delays of the tick, in microseconds.
  queued_us     bigint      not null default 0,
  popped_us     bigint      not null default 0,
  leased_us     bigint      not null default 0,
  done_us       bigint      not null default 0,
  seq           bigint      not null default nextval('transitions_seq'),
  xid           xid8        not null default pg_current_xact_id(),
  primary key (resource_uuid, subject_uuid, step, at)
) partition by range (at);

create index transitions_order on transitions (xid, seq);
create index transitions_subject on transitions (subject_uuid);

create table transitions_default partition of transitions default;

-- Fields changed by a tick that did not move.
create table changes (
  resource_uuid uuid        not null,
  subject_uuid  uuid        not null,
  -- Of the subject's row after the change.
  version       bigint      not null,
  fields        text[]      not null,
  at            timestamptz not null default now(),
  cause         text        not null,
  actor         text        not null,
  worker        text        not null,
  build         text        not null,
  tick          uuid,
  trace         text,
  primary key (resource_uuid, subject_uuid, version)
);

create table errors (
  uuid          uuid        not null,
  resource_uuid uuid        not null,
  subject_uuid  uuid        not null,
  kind          text        not null,
  message       text        not null,
  attrs         jsonb       not null default '{}',
  stack         text,
  stack_hash    text,
  state         text        not null,
  step          bigint      not null,
  try           integer     not null,
  worker        text        not null,
  build         text        not null,
  at            timestamptz not null default now(),
  primary key (uuid, at)
) partition by range (at);

create index errors_subject on errors (subject_uuid, at);
create index errors_resource on errors (resource_uuid, at);
create index errors_kind on errors (kind, at);

create table errors_default partition of errors default;

-- Makes the monthly partitions of this month and of so many after it. Security definer, so that a
-- service needs no right to make tables. Returns how many it made.
do $install$
begin
  execute format($create$
    create function toygun_make_partitions(months integer) returns integer
      language plpgsql security definer set search_path = %I, pg_temp
    as $body$
    declare
      parent text;
      month  timestamptz;
      name   text;
      made   integer := 0;
    begin
      if months not between 0 and 24 then
        raise exception 'months must be 0 to 24, not %%', months;
      end if;
      foreach parent in array array['transitions', 'errors'] loop
        for ahead in 0 .. months loop
          month := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead))
                     at time zone 'UTC';
          name := parent || '_' || to_char(month at time zone 'UTC', 'YYYYMM');
          if to_regclass(name) is null then
            execute format(
              'create table %%I partition of %%I for values from (%%L) to (%%L)',
              name, parent, month,
              (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
            made := made + 1;
          end if;
        end loop;
      end loop;
      return made;
    end
    $body$
  $create$, current_schema());
end
$install$;

select toygun_make_partitions(3);

-- How a panic climbed: who saw it, and what they said.
create table hops (
  error_uuid    uuid        not null,
  level         integer     not null check (level >= 0),
  resource_uuid uuid        not null,
  -- When it climbs further by itself; null once decided.
  due_at        timestamptz,
  decision      text,
  reason        text,
  at            timestamptz not null default now(),
  primary key (error_uuid, level)
);

create index hops_due on hops (due_at) where due_at is not null;
create index hops_resource on hops (resource_uuid);

-- An alarm is a machine too.
create table alarms (
  resource_uuid  uuid        not null references resources (uuid),
  uuid           uuid        not null,
  -- Whose alarm it is: the resource itself, or a task of it.
  subject_uuid   uuid        not null,
  name           text        not null,
  type           text        not null,
  schema_version integer     not null check (schema_version >= 1),
  queue          text        not null default 'default',
  priority       smallint    not null default 5 check (priority between 0 and 9),
  state          text        not null,
  step           bigint      not null default 0 check (step >= 0),
  version        bigint      not null default 1 check (version >= 1),
  wakes          bigint      not null default 0 check (wakes >= 0),
  entered        bigint      not null default 0,
  tries          integer     not null default 0,
  resume         text,
  attrs          jsonb       not null default '{}',
  due_at         timestamptz,
  every_s        integer     check (every_s between 1 and 300),
  bucket         integer     check (bucket >= 0 and bucket < every_s),
  deadline_at    timestamptz,
  waits          boolean     not null default false,
  active         boolean     not null default true,
  severity       text        not null default 'error'
    check (severity in ('info', 'warning', 'error', 'critical')),
  message        text        not null default '',
  -- What opened it.
  error          uuid,
  acknowledged   text,
  snoozed_until  timestamptz,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  ended_at       timestamptz,
  primary key (resource_uuid, uuid),
  check (every_s is null = (bucket is null)),
  check (active = (state <> 'closed')),
  check (active = (ended_at is null)),
  check (active or due_at is null)
) with (fillfactor = 70);

-- One that is not closed for each subject and name.
create unique index alarms_active on alarms (resource_uuid, subject_uuid, name) where active;
create unique index alarms_uuid on alarms (uuid);
create index alarms_due on alarms (queue, type, schema_version, priority, due_at, uuid) where active;
create index alarms_by_created_at on alarms (created_at, uuid);

-- The outbox: a row for each sink that is told of an alarm.
create table deliveries (
  uuid          uuid        primary key,
  resource_uuid uuid        not null,
  alarm_uuid    uuid        not null,
  sink          text        not null,
  event         text        not null check (event in ('open', 'resolve')),
  body          jsonb       not null default '{}',
  state         text        not null default 'pending'
    check (state in ('pending', 'sent', 'failed')),
  tries         integer     not null default 0 check (tries >= 0),
  claimed_until timestamptz,
  due_at        timestamptz,
  last_error    text,
  created_at    timestamptz not null default now(),
  sent_at       timestamptz,
  check (state = 'pending' or due_at is null)
);

create index deliveries_due on deliveries (due_at) where state = 'pending';
create index deliveries_alarm on deliveries (alarm_uuid);

-- Durable messages to a subject. What is left over at its end is kept, as unread.
create table signals (
  resource_uuid uuid        not null,
  subject_uuid  uuid        not null,
  uuid          uuid        not null,
  type          text        not null,
  attrs         jsonb       not null default '{}' check (jsonb_typeof(attrs) = 'object'),
  sender        text        not null,
  sent_at       timestamptz not null default now(),
  state         text        not null default 'waiting'
    check (state in ('waiting', 'consumed', 'unread')),
  ended_at      timestamptz,
  primary key (resource_uuid, uuid),
  check ((state = 'waiting') = (ended_at is null))
);

create index signals_waiting on signals (resource_uuid, subject_uuid) where state = 'waiting';
create index signals_subject on signals (subject_uuid);

-- The only truth about what is held.
create table holds (
  uuid          uuid        primary key,
  scope         text        not null check (scope in ('subtree', 'type', 'task', 'queue', 'all')),
  resource_uuid uuid,
  -- The type, task name or queue that is held.
  name          text,
  reason        text        not null,
  actor         text        not null,
  created_at    timestamptz not null default now(),
  -- Before this, something that had begun may still be finishing.
  effective_at  timestamptz not null,
  until         timestamptz,
  released_at   timestamptz,
  check ((scope = 'subtree') = (resource_uuid is not null)),
  check ((scope in ('type', 'task', 'queue')) = (name is not null))
);

create index holds_active on holds (created_at) where released_at is null;

-- The clocks' passes.
create table passes (
  name  text        primary key,
  owner text        not null,
  until timestamptz not null,
  upto  timestamptz not null
);

create table schedules (
  resource_uuid uuid        not null references resources (uuid),
  -- The task that it starts.
  name          text        not null,
  spec          text        not null,
  missed        text        not null default 'skip' check (missed in ('skip', 'once', 'all')),
  jitter_s      integer     not null default 0 check (jitter_s >= 0),
  due_at        timestamptz,
  last_at       timestamptz,
  active        boolean     not null default true,
  version       bigint      not null default 1,
  primary key (resource_uuid, name),
  check (active or due_at is null)
);

create index schedules_due on schedules (due_at) where active;

-- What a schedule has started: any number of clocks start one run for each point in time.
create table buckets (
  resource_uuid uuid        not null,
  name          text        not null,
  bucket        timestamptz not null,
  task_uuid     uuid,
  at            timestamptz not null default now(),
  primary key (resource_uuid, name, bucket)
);

create table log (
  seq           bigint      generated always as identity primary key,
  resource_uuid uuid,
  subject_uuid  uuid,
  level         text        not null check (level in ('debug', 'info', 'warn', 'error')),
  message       text        not null,
  attrs         jsonb       not null default '{}',
  worker        text,
  trace         text,
  at            timestamptz not null default now()
);

create index log_resource on log (resource_uuid, seq);

-- Everything that somebody changed or tried to.
create table audit (
  seq           bigint      generated always as identity primary key,
  at            timestamptz not null default now(),
  actor         text        not null,
  role          text,
  action        text        not null,
  resource_uuid uuid,
  subject_uuid  uuid,
  target        text        not null default '',
  allowed       boolean     not null,
  status        integer,
  reason        text        not null default '',
  remote        text        not null default '',
  trace         text,
  attrs         jsonb       not null default '{}'
);

create index audit_at on audit (at, seq);
create index audit_resource on audit (resource_uuid, seq);

create table api_keys (
  uuid         uuid        primary key,
  name         text        not null,
  -- The part that is shown and by which it is found; the rest is stored as its SHA-256 only.
  prefix       text        not null unique,
  hash         bytea       not null check (length(hash) = 32),
  role         text        not null
    check (role in ('viewer', 'operator', 'admin', 'secret-reader', 'auditor')),
  scopes       jsonb       not null default '{}',
  created_by   text        not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);

create unique index api_keys_name on api_keys (name) where revoked_at is null;

create table idempotency_keys (
  actor        text        not null,
  key          text        not null,
  -- Of the request: the same key with another request is refused.
  request_hash bytea       not null,
  -- Null while the first request is under way.
  status       integer,
  headers      jsonb,
  body         text,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  primary key (actor, key)
);

create index idempotency_keys_expiry on idempotency_keys (expires_at);

-- Counts that a grouped scan made, at most every 10 s.
create table counts (
  kind       text        not null check (kind in ('resource', 'task')),
  type       text        not null,
  -- The task's name; empty for resources.
  name       text        not null default '',
  state      text        not null,
  n          bigint      not null,
  counted_at timestamptz not null default now(),
  primary key (kind, type, name, state)
);

-- What the alarms of the system hang off. It rests: nobody publishes its type, nobody ticks it.
insert into resources (uuid, label, type, schema_version, state)
  values ('00000000-0000-0000-0000-000000000000', 'system', '__system__', 1, '__system__');
