-- Who is told of alarms, and the outbox by lanes: one for each sink, so that one that hangs holds up
-- nobody else.

create table sinks (
  name         text        primary key check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
  -- What its secrets are sealed for: a sink made again under an old name opens nothing of the old one.
  uuid         uuid        not null unique,
  kind         text        not null check (kind in ('webhook', 'slack', 'pagerduty', 'email', 'log')),
  -- Where it is and what its messages say; what is secret in it is sealed, as in fields.
  settings     jsonb       not null default '{}' check (jsonb_typeof(settings) = 'object'),
  min_severity text        not null default 'info'
    check (min_severity in ('info', 'warning', 'error', 'critical')),
  -- Whether it is told of alarms that open from now on. What was written before is delivered all the same.
  active       boolean     not null default true,
  version      bigint      not null default 1 check (version >= 1),
  created_by   text        not null,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

drop index deliveries_due;
create index deliveries_due on deliveries (sink, due_at) where state = 'pending';
create index deliveries_failed on deliveries (created_at) where state = 'failed';

-- A claim is a due time in the future and this; who comes back later than that changes nothing.
alter table deliveries add check (state = 'pending' or claimed_until is null);

-- What somebody has to be told of, now.
create index alarms_critical on alarms (created_at) where active and severity = 'critical';
