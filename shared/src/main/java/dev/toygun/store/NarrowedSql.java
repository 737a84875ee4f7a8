package dev.toygun.store;

import dev.toygun.store.Views.Order;

/**
 * The pages of resources that have certain fields: of {@link Views}, and of {@link Subtrees} by how
 * much is below the root. They take longer to plan than those that any field will do for.
 */
final class NarrowedSql {
  static final String BY_CREATED_AT = all(Order.CREATED_AT);
  static final String BY_CREATED_AT_DESC = all(Order.CREATED_AT_DESC);
  static final String BY_LABEL = all(Order.LABEL);
  static final String BY_LABEL_DESC = all(Order.LABEL_DESC);

  static final String FEW_BY_CREATED_AT = few(Order.CREATED_AT);
  static final String FEW_BY_CREATED_AT_DESC = few(Order.CREATED_AT_DESC);
  static final String FEW_BY_LABEL = few(Order.LABEL);
  static final String FEW_BY_LABEL_DESC = few(Order.LABEL_DESC);

  static final String MANY_BY_CREATED_AT = many(Order.CREATED_AT);
  static final String MANY_BY_CREATED_AT_DESC = many(Order.CREATED_AT_DESC);
  static final String MANY_BY_LABEL = many(Order.LABEL);
  static final String MANY_BY_LABEL_DESC = many(Order.LABEL_DESC);

  private NarrowedSql() {}

  private static String all(Order order) {
    return ListSql.narrowed("", "resources r", "true", order);
  }

  private static String few(Order order) {
    return ListSql.narrowed(SubtreeSql.walk(), SubtreeSql.few(), SubtreeSql.within("r"), order);
  }

  private static String many(Order order) {
    return ListSql.narrowed("", SubtreeSql.many(), SubtreeSql.within("r"), order);
  }
}
