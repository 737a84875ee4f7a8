-- What a tick says that does not move, and why somebody asked for what is no move: after which step of
-- its subject, and who. The table had no writer before.
alter table log
  add column step  bigint not null default 0,
  add column cause text   not null default '',
  add column actor text   not null default '';

drop index log_resource;
create index log_subject on log (resource_uuid, subject_uuid, step, seq);
