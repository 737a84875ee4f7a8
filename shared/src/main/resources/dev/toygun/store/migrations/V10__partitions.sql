-- A row that came before its month had a partition is in the default one, and no partition can be
-- made over it. So it moves; and a month that cannot be made is a warning in the server's log, and
-- does not keep the others from being made. Security definer, as before.
do $install$
begin
  -- Makes the partitions of this month, of so many after it, and of those that have rows in the
  -- default one; at most so many rows are moved for each, null for any number. Returns how many
  -- partitions it made.
  execute format($create$
    create function toygun_make_partitions(months integer, most bigint) returns integer
      language plpgsql security definer set search_path = %I, pg_temp
    as $body$
    declare
      parent text;
      rest   text;
      due    timestamp[];
      month  timestamp;
      name   text;
      since  timestamptz;
      upto   timestamptz;
      rows   bigint;
      made   integer := 0;
    begin
      if months not between 0 and 24 then
        raise exception 'months must be 0 to 24, not %%', months;
      end if;
      foreach parent in array array['transitions', 'errors'] loop
        rest := parent || '_default';
        -- One maker at a time, before it looks at the rest: two that both had would wait for each
        -- other. Readers and writers of other partitions go on.
        execute format('lock table only %%I in share update exclusive mode', parent);
        execute format(
          'select array_agg(start order by start)
             from (select date_trunc(''month'', now() at time zone ''UTC'') + make_interval(months => ahead)
                     from generate_series(0, $1) ahead
                    union
                   select date_trunc(''month'', at at time zone ''UTC'') from %%I) as all_of (start)',
          rest) into due using months;
        foreach month in array due loop
          name  := parent || '_' || to_char(month, 'YYYYMM');
          since := month at time zone 'UTC';
          upto  := (month + interval '1 month') at time zone 'UTC';
          continue when to_regclass(name) is not null;
          begin
            execute format(
              'select count(*) from (select from %%I where at >= $1 and at < $2 limit $3) as few',
              rest) into rows using since, upto, most + 1;
            if rows > most then
              raise exception '%% has more than %% rows of this month: stop all services, and run `toygun migrate`, which moves them',
                rest, most;
            end if;
            execute format('lock table %%I in access exclusive mode', rest);
            execute format('create table %%I (like %%I including all)', name, parent);
            execute format(
              'with moved as (delete from %%I where at >= $1 and at < $2 returning *)
               insert into %%I select * from moved',
              rest, name) using since, upto;
            execute format(
              'alter table %%I attach partition %%I for values from (%%L) to (%%L)',
              parent, name, since, upto);
            made := made + 1;
          exception when others then
            raise warning 'no partition %% was made: %%', name, sqlerrm;
          end;
        end loop;
      end loop;
      return made;
    end
    $body$
  $create$, current_schema());

  -- For services: whoever writes meanwhile is not kept waiting for long.
  execute format($create$
    create or replace function toygun_make_partitions(months integer) returns integer
      language sql security definer set search_path = %I, pg_temp set lock_timeout = '500ms'
    return toygun_make_partitions(months, 10000)
  $create$, current_schema());
end
$install$;

-- A service could hold up all that write history with it.
revoke execute on function toygun_make_partitions(integer, bigint) from public;
