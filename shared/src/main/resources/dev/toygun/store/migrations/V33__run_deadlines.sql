-- When a run times out, whatever its state. Then its deadline_at is no later than this, so it is due by
-- that as by any; it is in no index, or every move would have to write it there.
alter table tasks
  add column run_deadline_at timestamptz;
