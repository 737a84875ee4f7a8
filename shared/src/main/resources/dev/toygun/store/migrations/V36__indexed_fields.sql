-- Fields that resources are found by: which there are, and how far the index of each has come.
create table indexed_fields (
  type       text   not null,
  field      text   not null,
  -- The names under which it may be stored: the first of them that is there counts.
  names      jsonb  not null,
  state      text   not null default 'new' check (state in ('new', 'filling', 'ready', 'gone')),
  -- Resources that this transaction or a later one inserts are indexed by whoever does.
  inserts_by xid8,
  -- The last of the older ones, by age, that was indexed.
  filled_at   timestamptz not null default '-infinity',
  filled_uuid uuid        not null default '00000000-0000-0000-0000-000000000000',
  primary key (type, field)
);

-- What is in these fields; in a table of its own, so that no index of resources names attrs.
create table field_index (
  resource_uuid uuid        not null,
  field         text        not null,
  type          text        not null,
  value         text        not null,
  -- The resource's: who looks reads what it finds in the order of lists.
  created_at    timestamptz not null,
  primary key (resource_uuid, field)
);

create index field_index_values on field_index (type, field, value, created_at, resource_uuid);

-- Whether what it has in them is kept in the index; so that nobody else pays for it.
alter table resources add column indexed boolean not null default false;

-- What a value has in the index: equal ones have the same. Whoever finds something by it looks at the
-- value itself, so a long one may be cut down to a hash.
create function toygun_index_key(value jsonb) returns text
  language sql immutable parallel safe
return (
  select case when octet_length(t.text) > 200
              then encode(sha256(convert_to(t.text, 'UTF8')), 'hex')
              else t.text end
    from (select case when jsonb_typeof(value) = 'number'
                      then trim_scale((value #>> '{}')::numeric)::text
                      else value::text end) as t (text));

do $install$
begin
  execute format($create$
    create function toygun_index(r resources) returns void
      language plpgsql
    as $body$
    begin
      with wanted as materialized (
        select x.field,
               (select %1$I.toygun_index_key(r.attrs -> n.name)
                  from jsonb_array_elements_text(x.names) with ordinality as n (name, place)
                 where r.attrs -> n.name is not null
                 order by n.place
                 limit 1) as value
          from %1$I.indexed_fields x
         where x.type = r.type and x.state <> 'gone'),
      gone as (
        delete from %1$I.field_index i
         using wanted w
         where i.resource_uuid = r.uuid and i.field = w.field and w.value is null)
      insert into %1$I.field_index (resource_uuid, field, type, value, created_at)
      select r.uuid, w.field, r.type, w.value, r.created_at
        from wanted w
       where w.value is not null
         and not exists (
               select from %1$I.field_index i
                where i.resource_uuid = r.uuid and i.field = w.field and i.value = w.value)
          on conflict (resource_uuid, field) do update set value = excluded.value;
    end
    $body$
  $create$, current_schema());
  execute format($create$
    create function toygun_keep_index() returns trigger
      language plpgsql
    as $body$
    begin
      if tg_op = 'UPDATE' then
        perform %1$I.toygun_index(new);
      elsif exists (select from %1$I.indexed_fields where type = new.type and state <> 'gone') then
        update %1$I.resources set indexed = true where uuid = new.uuid;
        perform %1$I.toygun_index(new);
      end if;
      return null;
    end
    $body$
  $create$, current_schema());
end
$install$;

create trigger field_index_of_new after insert on resources
  for each row execute function toygun_keep_index();
create trigger field_index_of_changed after update of attrs on resources
  for each row when (new.indexed and old.attrs is distinct from new.attrs)
  execute function toygun_keep_index();
