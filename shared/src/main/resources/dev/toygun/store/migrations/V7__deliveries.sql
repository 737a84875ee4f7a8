-- Messages that are seen, sent again by hand and deleted, and sinks that are told of what was open
-- before them.

-- By how they went, the newest first; and the oldest, to delete them.
drop index deliveries_failed;
create index deliveries_state on deliveries (state, created_at, uuid);

-- How often it had been tried when somebody last had it tried again: after that, tries count anew.
alter table deliveries
  add column tries_before integer not null default 0,
  add check (tries_before between 0 and tries);

-- How far a sink is in being told of alarms that were open before it was: the last that it was looked
-- at for. Null once it was through.
alter table sinks add column catch_up uuid;

create index alarms_open on alarms (uuid) where state = 'open';
