-- Machines that are stuck, and what is known of whether resources answer.

alter table alarms
  -- Of "stuck": the version of its subject at which that stands.
  add column stands_at bigint,
  add check (name <> 'stuck' or stands_at is not null);

create index alarms_stuck on alarms (created_at) where active and name = 'stuck';
