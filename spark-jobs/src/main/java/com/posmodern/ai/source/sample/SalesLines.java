package com.posmodern.ai.source.sample;

import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.LINE_NO;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;

import com.posmodern.ai.config.SampleSettings;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Numbers of shoppers to their sales lines, dirt included; one more column names the dirt. */
final class SalesLines implements MapPartitionsFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  /** Kind of dirt; null for a clean line. */
  static final String DIRT = "dirt";

  static final StructType SCHEMA =
      new StructType()
          .add(SALE_ID, DataTypes.StringType)
          .add(LINE_NO, DataTypes.IntegerType)
          .add(STORE_ID, DataTypes.StringType)
          .add(PRODUCT_ID, DataTypes.StringType)
          .add(CUSTOMER_ID, DataTypes.StringType)
          .add(SOLD_AT, DataTypes.TimestampType)
          .add(QUANTITY, DataTypes.createDecimalType(12, 3))
          .add(UNIT_PRICE, DataTypes.createDecimalType(12, 2))
          .add(DISCOUNT, DataTypes.createDecimalType(12, 2))
          .add(PROMOTION_ID, DataTypes.StringType)
          .add(CHANNEL, DataTypes.StringType)
          .add(DIRT, DataTypes.StringType);

  private static final long DAY = 86_400;
  private static final long LATE_FROM = 13 * 3600;
  private static final HexFormat HEX = HexFormat.of();

  private final SampleSettings settings;

  SalesLines(SampleSettings settings) {
    this.settings = settings;
  }

  @Override
  public Iterator<Row> call(Iterator<Long> shoppers) {
    World world = World.of(settings);
    ReceiptGenerator receipts = new ReceiptGenerator(world);
    return new Iterator<>() {
      private Iterator<Row> rows = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!rows.hasNext() && shoppers.hasNext()) {
          rows = rows(world, receipts, shoppers.next()).iterator();
        }
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return rows.next();
      }
    };
  }

  private static List<Row> rows(World world, ReceiptGenerator receipts, long number) {
    Shopper shopper = Shopper.of(world, number);
    String customer = shopper.hasCard(world) ? World.customerId(number) : null;
    List<Row> rows = new ArrayList<>();
    for (SaleLine line : world.anomalies.change(receipts.of(shopper))) {
      if (isLate(world, line)) {
        continue;
      }
      Dirt dirt = Dirt.of(world, line);
      if (dirt == null) {
        rows.add(row(world, line, customer, null));
      } else {
        if (dirt.doubles()) {
          rows.add(row(world, line, customer, null));
        }
        rows.add(row(world, line, customer, dirt));
      }
    }
    return rows;
  }

  /** Lines of the last day that the last stores send after the night. */
  static boolean isLate(World world, SaleLine line) {
    int last = world.settings.days() - 1;
    long local = line.soldAt() + world.offsets[line.store()][last];
    return line.store() >= world.settings.stores() - world.settings.lateStores()
        && Anomalies.day(world, line) == last
        && Math.floorMod(local, DAY) >= LATE_FROM;
  }

  private static Row row(World world, SaleLine line, String customer, Dirt dirt) {
    boolean negative = dirt == Dirt.NEGATIVE_PRICE;
    long more = dirt == Dirt.CONFLICTING_DUPLICATE ? 1000 : 0;
    return RowFactory.create(
        "R" + HEX.toHexDigits(line.receipt()),
        line.lineNo(),
        dirt == Dirt.MISSING_STORE ? null : World.storeId(line.store()),
        dirt == Dirt.UNKNOWN_PRODUCT
            ? "X" + line.product()
            : world.shelf.products().get(line.product()).id(),
        customer,
        soldAt(world, line, dirt),
        BigDecimal.valueOf(line.thousandths() + (line.thousandths() == -1000 ? -more : more), 3),
        BigDecimal.valueOf(negative ? -line.cents() : line.cents(), 2),
        BigDecimal.valueOf(line.discountCents(), 2),
        line.promotionId(),
        line.channel(),
        dirt == null ? null : dirt.label());
  }

  private static Timestamp soldAt(World world, SaleLine line, Dirt dirt) {
    if (dirt == Dirt.MISSING_TIME) {
      return null;
    }
    if (dirt == Dirt.EPOCH_TIME) {
      return Timestamp.from(Instant.ofEpochSecond(line.soldAt() % DAY));
    }
    // At least two days ahead, so that no time zone makes it a date of the past.
    long shift =
        dirt == Dirt.FUTURE_DATE
            ? (world.settings.lastDate().toEpochDay()
                    + 2
                    - line.soldAt() / DAY
                    + line.soldAt() % 300)
                * DAY
            : 0;
    return Timestamp.from(Instant.ofEpochSecond(line.soldAt() + shift));
  }
}
