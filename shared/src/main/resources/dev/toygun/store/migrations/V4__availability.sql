-- Machines that are stuck, and what is known of whether resources answer.

alter table alarms
  -- Of "stuck": the version of its subject at which that stands.
  add column stands_at bigint,
  add check (name <> 'stuck' or stands_at is not null);

alter table resources
  -- Of one that is down on purpose: from then on bad looks count.
  add column planned_until timestamptz;

-- How the availability of a resource went: a row where it becomes another one.
create table observations (
  resource_uuid uuid        not null,
  at            timestamptz not null default now(),
  -- Of the resource's row from then on.
  version       bigint      not null,
  availability  text        not null
    check (availability in ('unknown', 'online', 'uncertain', 'offline', 'known_offline')),
  primary key (resource_uuid, at, version)
);

-- Holds that are over, by when: what was held counts as down on purpose.
create index holds_settled on holds (settled_at) where settled_at is not null;

create index alarms_stuck on alarms (created_at) where active and name = 'stuck';
