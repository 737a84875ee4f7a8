-- Since when a schedule cannot be carried out: the database refuses what it starts, or no time can be
-- told by it. What only waits has none.
alter table schedules add column failed_at timestamptz;

create index schedules_failed on schedules (failed_at) where failed_at is not null;
