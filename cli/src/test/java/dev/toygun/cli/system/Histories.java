package dev.toygun.cli.system;

/** What is wrong with histories, and with what is due, counted: none of it may be. */
final class Histories {
  /** Steps that are not 1..n, or do not begin where the last one ended. */
  static final String BROKEN =
      """
      select count(*) from (
        select step, from_state,
               row_number() over w as n,
               lag(to_state, 1, '__new__') over w as before
          from transitions window w as (partition by subject_uuid order by step)) h
       where step <> n or from_state <> before""";

  /** Tasks whose step is not their last transition's. */
  static final String BEHIND =
      """
      select count(*) from tasks k
       where (select max(step) from transitions t
               where t.resource_uuid = k.resource_uuid and t.subject_uuid = k.uuid)
             <> k.step""";

  /** Resources of which it is not noted when they are due, and what is noted of others. */
  static final String ASTRAY =
      """
      select count(*)
        from (select uuid, due_at from resources where due_at is not null) r
        full join resource_dues d on d.uuid = r.uuid and d.due_at = r.due_at
       where r.uuid is null or d.uuid is null""";

  private Histories() {}
}
