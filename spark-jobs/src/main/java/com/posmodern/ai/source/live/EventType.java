package com.posmodern.ai.source.live;

import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an event says happened; its name in lower case is the event's {@code event_type}. */
public enum EventType {
  PRODUCT_VIEWED("view"),
  PRODUCT_CLICKED("click"),
  CART_ADDED("cart"),
  RECOMMENDATION_SHOWN("recommendation_shown"),
  RECOMMENDATION_TAKEN("recommendation_taken"),
  /** A line of a receipt. */
  SALE_LINE(Table.SALES_LINES),
  REVIEW_WRITTEN(Table.REVIEWS);

  private final Table table;
  private final Optional<String> kind;

  EventType(String kind) {
    this.table = Table.INTERACTIONS;
    this.kind = Optional.of(kind);
  }

  EventType(Table table) {
    this.table = table;
    this.kind = Optional.empty();
  }

  /** The table whose row it is. */
  public Table table() {
    return table;
  }

  /** The interaction's kind; empty for what is no interaction. */
  public Optional<String> kind() {
    return kind;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tables that events become rows of. */
  public static List<Table> tables() {
    return Arrays.stream(values()).map(EventType::table).distinct().sorted().toList();
  }
}
