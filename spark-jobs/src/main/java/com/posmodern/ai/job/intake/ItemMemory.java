package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TILL_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_seconds;

import com.posmodern.ai.behaviour.live.Finding;
import com.posmodern.ai.behaviour.live.ItemFloor;
import com.posmodern.ai.behaviour.live.RateRows;
import com.posmodern.ai.behaviour.live.Rates;
import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.StoreSlots;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.PseudonymKey;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the tables know of products, tills, carts and customers, and what a batch adds. Customers
 * come to the driver as pseudonyms only; without the key neither they nor carts are watched.
 */
final class ItemMemory {
  private static final String PART = "part";
  private static final String SLOT = "slot";

  private final Lake lake;
  private final Optional<PseudonymKey> key;

  ItemMemory(Lake lake, Optional<PseudonymKey> key) {
    this.lake = lake;
    this.key = key;
  }

  /** The newest rates; none before the first are made. */
  Rates rates() {
    if (!lake.exists(Table.LIVE_RATES)) {
      return new Rates();
    }
    Dataset<Row> all = lake.read(Table.LIVE_RATES);
    Object newest = all.agg(max(AS_OF_DATE)).head().get(0);
    return RateRows.of(all.where(col(AS_OF_DATE).equalTo(lit(newest))));
  }

  /** Takes up the last hour. */
  void restore(ItemFloor floor, Instant now) {
    if (lake.exists(Table.INTERACTIONS)) {
      carts(lake.read(Table.INTERACTIONS), now).forEach(row -> addCart(floor, row));
    }
    if (lake.exists(Table.SALES_LINES)) {
      receipts(lake.read(Table.SALES_LINES), now).forEach(row -> add(floor, row));
    }
  }

  /** Receipts of the last hour by product, till or customer, and slot: at most a few per line. */
  List<Row> receipts(Dataset<Row> lines, Instant now) {
    List<Column> parts = new ArrayList<>();
    parts.add(part(Kind.PRODUCT, lit(Finding.ALL), col(PRODUCT_ID)));
    parts.add(part(Kind.TILL, col(STORE_ID), col(TILL_ID)));
    key.ifPresent(
        of -> parts.add(part(Kind.CUSTOMER, lit(Finding.ALL), of.pseudonym(col(CUSTOMER_ID)))));
    return lines
        .where(within(SOLD_AT, now).and(col(QUANTITY).gt(0)))
        .select(
            explode(array(parts.toArray(Column[]::new))).as(PART),
            col(SALE_ID),
            col(SOLD_AT),
            col(QUANTITY)
                .cast("double")
                .multiply(col(UNIT_PRICE))
                .minus(col(DISCOUNT))
                .cast("double")
                .as(UNIT_PRICE))
        .where(col(PART).getField(PRODUCT_ID).isNotNull())
        .groupBy(
            col(PART),
            unix_seconds(col(SOLD_AT)).divide(StoreSlots.SLOT.toSeconds()).cast("bigint").as(SLOT))
        .agg(count_distinct(col(SALE_ID)), sum(UNIT_PRICE), max(SOLD_AT))
        .collectAsList();
  }

  /** A row of {@link #receipts}. */
  static void add(ItemFloor floor, Row row) {
    Row part = row.getStruct(0);
    floor.add(
        Kind.valueOf(part.getString(0)),
        new Place(part.getString(1), part.getString(2)),
        row.getLong(1),
        row.getLong(2),
        row.getDouble(3),
        row.getTimestamp(4).toInstant());
  }

  /** What was put into carts within the last hour, by customer. */
  List<Row> carts(Dataset<Row> interactions, Instant now) {
    return key.map(
            of ->
                interactions
                    .where(within(OCCURRED_AT, now).and(col(KIND).equalTo("cart")))
                    .groupBy(of.pseudonym(col(CUSTOMER_ID)).as(CUSTOMER_ID))
                    .agg(
                        coalesce(min(STORE_ID), lit(Finding.ALL)),
                        min(OCCURRED_AT),
                        max(OCCURRED_AT))
                    .collectAsList())
        .orElse(List.of());
  }

  /** A row of {@link #carts}. */
  static void addCart(ItemFloor floor, Row row) {
    floor.addCart(
        row.getString(0),
        row.getString(1),
        row.getTimestamp(2).toInstant(),
        row.getTimestamp(3).toInstant());
  }

  private static Column part(Kind kind, Column store, Column item) {
    return struct(lit(kind.name()).as(KIND), store.as(STORE_ID), item.as(PRODUCT_ID));
  }

  private static Column within(String moment, Instant now) {
    return col(moment)
        .gt(lit(Timestamp.from(now.minus(ItemFloor.kept()))))
        .and(col(moment).lt(lit(Timestamp.from(now.plus(ItemFloor.kept())))));
  }
}
