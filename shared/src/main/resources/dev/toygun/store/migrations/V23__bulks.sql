-- Bulk runs: one action on all resources that a filter finds, carried out by clocks.
create table bulks (
  uuid           uuid        primary key,
  type           text        not null,
  -- By which version of the type the content was checked.
  schema_version integer     not null,
  -- The filter as it was asked for, and as it is read.
  filter         text[]      not null,
  label          text,
  states         text[],
  parent_uuid    uuid,
  availability   text,
  fields         text        not null,
  action         text        not null
    check (action in ('start', 'stop', 'abort', 'retry', 'signal', 'delete', 'set')),
  task           text,
  signal         text,
  -- What a task is started with, the fields that are set, or those of the signal. No secrets.
  content        text        not null,
  -- So many items within so many seconds, at most; null for as fast as it can.
  rate           integer     check (rate > 0),
  per_s          integer     not null check (per_s > 0),
  canary         integer     not null check (canary >= 0),
  watch_s        integer     not null check (watch_s >= 0),
  halt_after     integer,
  halt_share     integer,
  actor          text        not null,
  reason         text        not null,
  trace_id       text,
  state          text        not null
    check (state in ('gathering', 'canary', 'running', 'paused', 'halted', 'done', 'cancelled')),
  note           text        not null,
  -- The last resource that has been looked at, and whether all have been.
  gathered_at    timestamptz,
  gathered_uuid  uuid        not null,
  complete       boolean     not null,
  -- Whether its canary is over.
  proven         boolean     not null,
  halts_at       bigint      not null,
  -- When the next item may be done by the rate.
  free_at        timestamptz not null,
  -- When a clock looks at it; null for never.
  due_at         timestamptz,
  -- How many items there are of each result.
  waiting        bigint      not null check (waiting >= 0),
  begun          bigint      not null check (begun >= 0),
  done           bigint      not null check (done >= 0),
  skipped        bigint      not null check (skipped >= 0),
  failed         bigint      not null check (failed >= 0),
  version        bigint      not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  ended_at       timestamptz,
  check ((state in ('done', 'cancelled')) = (ended_at is not null)),
  check (ended_at is null or due_at is null)
);

create index bulks_due on bulks (due_at, uuid) where due_at is not null;
create index bulks_halted on bulks (uuid) where state = 'halted';
create index bulks_ended on bulks (ended_at, uuid) where ended_at is not null;

-- Their items, one for each resource.
create table bulk_items (
  bulk_uuid     uuid not null,
  resource_uuid uuid not null,
  result        text not null default 'waiting'
    check (result in ('waiting', 'begun', 'done', 'skipped', 'failed')),
  -- The run that was begun or changed.
  subject_uuid  uuid,
  code          text,
  message       text not null default '',
  at            timestamptz,
  -- When one that was begun is looked at again.
  due_at        timestamptz,
  primary key (bulk_uuid, resource_uuid),
  check ((result = 'begun') = (due_at is not null))
);

create index bulk_items_result on bulk_items (bulk_uuid, result, resource_uuid);
create index bulk_items_begun on bulk_items (bulk_uuid, due_at, resource_uuid)
  where result = 'begun';
