-- The audit is read by who, by what, by what it was done to, and by what was denied; the newest
-- first, so each of these has its rows in order of time. None names the status, which is added to a
-- row that stands already: that writes no index.
drop index audit_resource;
create index audit_actor on audit (actor, at, seq);
create index audit_action on audit (action, at, seq);
create index audit_subject on audit (coalesce(resource_uuid, subject_uuid), at, seq)
  where coalesce(resource_uuid, subject_uuid) is not null;
create index audit_denied on audit (at, seq) where not allowed;
