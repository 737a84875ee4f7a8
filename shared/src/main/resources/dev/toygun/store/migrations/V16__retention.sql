-- What has ended is removed once its type's time for it is over: it is found by its type, the oldest
-- first. None of these indexes has an entry of what is active, and no move or wake writes one.
create index tasks_ended on tasks (type, name, ended_at, uuid) where not active;
create index signals_ended on signals (resource_uuid, ended_at) where ended_at is not null;
create index hops_of on hops (panicked_resource);

-- As before, of a new database the only row stands aside, or the planner plans for one.
do $install$
declare
  aside resources;
begin
  delete from resources
   where type = '__system__' and not exists (select from resources where type <> '__system__')
     and not exists (select from alarms)
  returning * into aside;
  create index resources_ended on resources (type, ended_at, uuid) where not active;
  if aside.uuid is not null then
    insert into resources select aside.*;
  end if;
end
$install$;

-- Of what lives, the step up to which its moves were thinned out: from the next one on there is each.
create table thinned (
  resource_uuid uuid   not null,
  subject_uuid  uuid   not null,
  step          bigint not null,
  primary key (resource_uuid, subject_uuid)
);
