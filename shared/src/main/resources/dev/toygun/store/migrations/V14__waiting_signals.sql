-- Of the signals that wait a load reads the oldest of each type for each subject, however many wait.
drop index signals_waiting;
create index signals_waiting on signals (resource_uuid, subject_uuid, type, sent_at, uuid)
  where state = 'waiting';
