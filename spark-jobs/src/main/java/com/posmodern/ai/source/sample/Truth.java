package com.posmodern.ai.source.sample;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.LIFT;
import static com.posmodern.ai.contract.Columns.LINE_NO;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Leaflets.Promotion;
import com.posmodern.ai.source.sample.Retailer.Category;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was planted: {@code customers} (persona, taste cluster, day from which they shop like
 * another), {@code demand} (expected lines per day and planned demand class of each store and
 * product), {@code promotions} (lift, and share of it that the category's other products lose),
 * {@code affinities} (partner and how often it comes along, also as a promotion's halo), {@code
 * categories} (yearly wave, heat, weekend), {@code level_shifts} (day and factor), {@code
 * store_lives} (openings and closings), {@code anomalies} (kind, days, what they are in) and {@code
 * dirty_lines} (kind of dirt of each line; of doubled lines, the double).
 */
final class Truth {
  static final String PERSONA = "persona";
  static final String TASTE_CLUSTER = "taste_cluster";
  static final String CHANGED_ON = "changed_on";
  static final String CANNIBALISED = "cannibalised";
  static final String FACTOR = "factor";
  static final String PARTNER_ID = "partner_id";
  static final String STRENGTH = "strength";
  static final String LINES_PER_DAY = "lines_per_day";
  static final String SUMMER = "summer";
  static final String HEAT = "heat";
  static final String WEEKEND = "weekend";

  /** Lines per day from which a product sells on most days (ADI under 1.32). */
  private static final double FREQUENT = 1.41;

  private static final StructType CUSTOMERS =
      new StructType()
          .add(CUSTOMER_ID, DataTypes.StringType)
          .add(PERSONA, DataTypes.StringType)
          .add(TASTE_CLUSTER, DataTypes.IntegerType)
          .add(CHANGED_ON, DataTypes.DateType);

  private final SparkSession spark;
  private final World world;

  Truth(SparkSession spark, World world) {
    this.spark = spark;
    this.world = world;
  }

  Map<String, Dataset<Row>> datasets(Dataset<Long> customers, Dataset<Row> lines) {
    return Map.of(
        "customers", customers.map(new Personas(world.settings), Encoders.row(CUSTOMERS)),
        "demand", demand(),
        "promotions", promotions(),
        "affinities", affinities(),
        "categories", categories(),
        "level_shifts", levelShifts(),
        "store_lives", storeLives(),
        "anomalies", anomalies(),
        "dirty_lines",
            lines
                .where(col(SalesLines.DIRT).isNotNull())
                .select(SALE_ID, LINE_NO, SalesLines.DIRT));
  }

  private record Personas(SampleSettings settings) implements MapFunction<Long, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Row call(Long number) {
      World world = World.of(settings);
      Shopper shopper = Shopper.of(world, number);
      return RowFactory.create(
          World.customerId(number),
          world.retailer.personas().get(shopper.persona()).name(),
          shopper.taste(),
          shopper.changesOn() == Product.NEVER
              ? null
              : Date.valueOf(settings.firstDate().plusDays(shopper.changesOn())));
    }
  }

  private Dataset<Row> demand() {
    List<Row> rows = new ArrayList<>();
    for (int store = 0; store < world.settings.stores(); store++) {
      for (Product product : world.shelf.products()) {
        double lines = world.velocity(store, product);
        boolean often = lines >= FREQUENT;
        String steady = often ? "smooth" : "intermittent";
        String wild = often ? "erratic" : "lumpy";
        rows.add(
            RowFactory.create(
                World.storeId(store), product.id(), lines, product.bulk() ? wild : steady));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(STORE_ID, DataTypes.StringType)
            .add(PRODUCT_ID, DataTypes.StringType)
            .add(LINES_PER_DAY, DataTypes.DoubleType)
            .add(DEMAND_CLASS, DataTypes.StringType));
  }

  private Dataset<Row> promotions() {
    List<Row> rows = new ArrayList<>();
    for (Promotion promotion : world.plan.promotions()) {
      rows.add(
          RowFactory.create(
              promotion.id(),
              world.shelf.products().get(promotion.product()).id(),
              promotion.lift(),
              Cannibalisation.SHARE));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(PROMOTION_ID, DataTypes.StringType)
            .add(PRODUCT_ID, DataTypes.StringType)
            .add(LIFT, DataTypes.DoubleType)
            .add(CANNIBALISED, DataTypes.DoubleType));
  }

  private Dataset<Row> affinities() {
    ReceiptGenerator receipts = new ReceiptGenerator(world);
    List<Row> rows = new ArrayList<>();
    for (Product product : world.shelf.products()) {
      int partner = receipts.partner(product.index());
      if (partner >= 0) {
        rows.add(
            RowFactory.create(
                product.id(),
                world.shelf.products().get(partner).id(),
                receipts.partnerStrength(product.index())));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(PRODUCT_ID, DataTypes.StringType)
            .add(PARTNER_ID, DataTypes.StringType)
            .add(STRENGTH, DataTypes.DoubleType));
  }

  private Dataset<Row> levelShifts() {
    List<Row> rows = new ArrayList<>();
    for (LevelShifts.Shift shift : world.shifts.shifts()) {
      rows.add(
          RowFactory.create(
              world.shelf.products().get(shift.product()).id(),
              date(shift.firstDay()),
              shift.factor()));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(PRODUCT_ID, DataTypes.StringType)
            .add(STARTS_ON, DataTypes.DateType)
            .add(FACTOR, DataTypes.DoubleType));
  }

  /** {@code opened} without an end, {@code closed} with both days. */
  private Dataset<Row> storeLives() {
    List<Row> rows = new ArrayList<>();
    for (int store = 0; store < world.settings.stores(); store++) {
      Date opened = date(world.lives.openedOn()[store]);
      rows.add(RowFactory.create("opened", World.storeId(store), opened, null));
    }
    for (StoreLives.Closing closing : world.lives.closings()) {
      rows.add(
          RowFactory.create(
              "closed",
              World.storeId(closing.store()),
              date(closing.firstDay()),
              date(closing.lastDay())));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(KIND, DataTypes.StringType)
            .add(STORE_ID, DataTypes.StringType)
            .add(STARTS_ON, DataTypes.DateType)
            .add(ENDS_ON, DataTypes.DateType));
  }

  private Dataset<Row> anomalies() {
    List<Row> rows = new ArrayList<>();
    for (Anomalies.Planted planted : world.anomalies.planted()) {
      rows.add(
          RowFactory.create(
              planted.kind().name(),
              World.storeId(planted.store()),
              planted.category() == Anomalies.ALL
                  ? null
                  : world.retailer.categories().get(planted.category()).category(),
              planted.product() == Anomalies.ALL
                  ? null
                  : world.shelf.products().get(planted.product()).id(),
              date(planted.firstDay()),
              date(planted.lastDay())));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(KIND, DataTypes.StringType)
            .add(STORE_ID, DataTypes.StringType)
            .add(CATEGORY, DataTypes.StringType)
            .add(PRODUCT_ID, DataTypes.StringType)
            .add(STARTS_ON, DataTypes.DateType)
            .add(ENDS_ON, DataTypes.DateType));
  }

  private Date date(int day) {
    return Date.valueOf(world.settings.firstDate().plusDays(day));
  }

  private Dataset<Row> categories() {
    List<Row> rows = new ArrayList<>();
    for (Category category : world.retailer.categories()) {
      rows.add(
          RowFactory.create(
              category.category(), category.summer(), category.heat(), category.weekend()));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(CATEGORY, DataTypes.StringType)
            .add(SUMMER, DataTypes.DoubleType)
            .add(HEAT, DataTypes.DoubleType)
            .add(WEEKEND, DataTypes.DoubleType));
  }
}
