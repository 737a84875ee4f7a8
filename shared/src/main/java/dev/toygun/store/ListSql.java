package dev.toygun.store;

import dev.toygun.store.Views.Order;
import dev.toygun.store.Views.ResourceQuery;

/**
 * Pages of resources, in one order each. A filter that is null is folded away when the statement is
 * planned with its values, so that a label is found by (type, label, uuid), and a page without
 * filters is read off (type, created_at, uuid).
 */
final class ListSql {
  private static final String FIELDS = "p.attrs::text AS attrs_text";

  private ListSql() {}

  /** Whether not any fields will do. */
  static boolean isNarrowed(ResourceQuery query) {
    return !query.fields().equals("[]");
  }

  /**
   * Whatever fields they have.
   *
   * @param with what comes before the statement
   * @param from what has them, as {@code r}
   */
  static String resources(String with, String from, Order order) {
    return bounded(page(from, "true", order, "r.created_at", "r.uuid"), FIELDS, with);
  }

  /*
   * They are read in one of two ways, and which is seen in the same moment: by the index of a field,
   * whose entries are in the order of time, or off the resources, where none that is asked for has
   * one.
   */
  /**
   * Those that have certain fields.
   *
   * @param within that a resource {@code r} that an index finds is one of those
   */
  static String narrowed(String with, String from, String within, Order order) {
    return bounded(
        """
        (%s) UNION ALL (%s)
        """
            .formatted(
                page(
                    "field_index i JOIN resources r ON r.uuid = i.resource_uuid",
                    IndexSql.found("$1") + " AND " + within,
                    order,
                    "i.created_at",
                    "i.resource_uuid"),
                page(from, "NOT EXISTS (SELECT FROM indexed)", order, "r.created_at", "r.uuid")),
        FIELDS,
        (with.isEmpty() ? "WITH " : with + ", ")
            + IndexSql.indexed(
                "",
                "$6::text",
                "$1",
                isByTime(order) && within.equals("true")
                    ? "($2::text IS NULL AND $4::uuid IS NULL)"
                    : "false"));
  }

  private static boolean isByTime(Order order) {
    return order == Order.CREATED_AT || order == Order.CREATED_AT_DESC;
  }

  private static String page(String from, String how, Order order, String at, String uuid) {
    return """
        SELECT r.*, octet_length(r.attrs::text) AS bytes
          FROM %s
         WHERE %s
           AND r.type = $1
           AND ($2::text IS NULL OR r.label = $2)
           AND ($3::text[] IS NULL OR r.state = ANY ($3))
           AND ($4::uuid IS NULL OR r.parent_uuid = $4)
           AND ($5::text IS NULL OR r.availability = $5)
           AND %s
           AND (r.active OR $7::boolean)
           AND ($11::uuid IS NULL OR r.uuid BETWEEN $11 AND $12::uuid)
           AND ($8::text IS NULL OR %s)
         ORDER BY %s
         LIMIT $10\
        """
        .formatted(
            from, how, IndexSql.has("$6::text"), after(order, at, uuid), by(order, at, uuid));
  }

  private static String after(Order order, String at, String uuid) {
    return switch (order) {
      case CREATED_AT -> "(%s, %s) > ($8::text::timestamptz, $9::uuid)".formatted(at, uuid);
      case CREATED_AT_DESC -> "(%s, %s) < ($8::text::timestamptz, $9::uuid)".formatted(at, uuid);
      case LABEL -> "(r.label, r.uuid) > ($8, $9::uuid)";
      case LABEL_DESC -> "(r.label, r.uuid) < ($8, $9::uuid)";
    };
  }

  private static String by(Order order, String at, String uuid) {
    return switch (order) {
      case CREATED_AT -> "%s, %s".formatted(at, uuid);
      case CREATED_AT_DESC -> "%s DESC, %s DESC".formatted(at, uuid);
      case LABEL -> "r.label, r.uuid";
      case LABEL_DESC -> "r.label DESC, r.uuid DESC";
    };
  }

  /*
   * A row may have a megabyte of fields, and a page of a few hundred such would be more than a service
   * can hold: it ends with the row that brings it to 8 MiB. How many were looked at says that.
   */
  static String bounded(String page, String fields, String with) {
    return """
        %s
        SELECT p.*, %s
          FROM (SELECT p.*, count(*) OVER () AS looked_at,
                       coalesce(sum(p.bytes) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                         AS bytes_before
                  FROM (%s) AS p) AS p
         WHERE p.bytes_before < 8 * 1024 * 1024
        """
        .formatted(with, fields, page);
  }
}
