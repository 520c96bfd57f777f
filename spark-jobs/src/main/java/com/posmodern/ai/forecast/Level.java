package com.posmodern.ai.forecast;

/**
 * The twelve levels of M5 on which demand is summed before it is judged. M5's state is our region,
 * its category our department, its department our category.
 */
enum Level {
  TOTAL,
  REGION,
  STORE,
  DEPARTMENT,
  CATEGORY,
  REGION_DEPARTMENT,
  REGION_CATEGORY,
  STORE_DEPARTMENT,
  STORE_CATEGORY,
  PRODUCT,
  REGION_PRODUCT,
  STORE_PRODUCT;

  /** The group of this level that a series belongs to. */
  String group(String region, String store, String department, String category, String product) {
    String group =
        switch (this) {
          case TOTAL -> "";
          case REGION -> region;
          case STORE -> store;
          case DEPARTMENT -> department;
          case CATEGORY -> category;
          case REGION_DEPARTMENT -> Key.of(region, department);
          case REGION_CATEGORY -> Key.of(region, category);
          case STORE_DEPARTMENT -> Key.of(store, department);
          case STORE_CATEGORY -> Key.of(store, category);
          case PRODUCT -> product;
          case REGION_PRODUCT -> Key.of(region, product);
          case STORE_PRODUCT -> Key.of(store, product);
        };
    return Key.of(name(), group);
  }

  /** The level of a group's name. */
  static Level of(String group) {
    return valueOf(group.substring(0, group.indexOf(Key.SEPARATOR)));
  }
}
