-- What is due is kept in a narrow table of its own, so that no index of resources names due_at: a
-- wake is a HOT update then, and writes two indexes instead of seven. Triggers keep it, so that
-- no statement can forget to.
drop index resources_due;

-- The resources of a list, at rest or not. An index that is made of one row tells the planner of one
-- row, and it plans for one: on a new database the only row, the system's own, stands aside.
do $install$
declare
  aside resources;
begin
  delete from resources
   where type = '__system__' and not exists (select from resources where type <> '__system__')
     and not exists (select from alarms)
  returning * into aside;
  create index resources_list on resources
    (queue, type, schema_version, priority, uuid) where active;
  if aside.uuid is not null then
    insert into resources select aside.*;
  end if;
end
$install$;

create table resource_dues (
  uuid           uuid        primary key,
  queue          text        not null,
  type           text        not null,
  schema_version integer     not null,
  priority       smallint    not null,
  due_at         timestamptz not null
) with (fillfactor = 70);

insert into resource_dues (uuid, queue, type, schema_version, priority, due_at)
select uuid, queue, type, schema_version, priority, due_at
  from resources
 where due_at is not null;

create index resource_dues_order on resource_dues
  (queue, type, schema_version, priority, due_at, uuid);

do $install$
begin
  execute format($create$
    create function toygun_keep_dues() returns trigger
      language plpgsql
    as $body$
    begin
      insert into %1$I.resource_dues as d (uuid, queue, type, schema_version, priority, due_at)
      select c.uuid, c.queue, c.type, c.schema_version, c.priority, c.due_at
        from changed c
       where c.due_at is not null
          on conflict (uuid) do update
         set queue = excluded.queue, type = excluded.type,
             schema_version = excluded.schema_version, priority = excluded.priority,
             due_at = excluded.due_at
       where (d.queue, d.type, d.schema_version, d.priority, d.due_at)
             is distinct from (excluded.queue, excluded.type, excluded.schema_version,
                               excluded.priority, excluded.due_at);
      delete from %1$I.resource_dues
       where uuid = any (array(select c.uuid from changed c where c.due_at is null));
      return null;
    end
    $body$
  $create$, current_schema());
end
$install$;

create trigger resource_dues_of_new after insert on resources
  referencing new table as changed
  for each statement execute function toygun_keep_dues();
create trigger resource_dues_of_changed after update on resources
  referencing new table as changed
  for each statement execute function toygun_keep_dues();
