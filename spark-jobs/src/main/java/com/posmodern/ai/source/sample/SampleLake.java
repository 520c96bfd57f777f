package com.posmodern.ai.source.sample;

import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.TILL_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The sample lake: every source table, and the truth planted in them.
 *
 * @param tables all tables of the source layer, columns as in their contracts; dirty sales lines
 *     break their contract on purpose
 * @param truth what was planted, by name, see {@link Truth}; for tests, no job may read it
 */
public record SampleLake(Map<Table, Dataset<Row>> tables, Map<String, Dataset<Row>> truth) {

  private static final int PARTITIONS_PER_CORE = 2;
  private static final int TILLS = 3;

  public SampleLake {
    tables = Collections.unmodifiableMap(new EnumMap<>(tables));
    truth = Map.copyOf(truth);
  }

  /** Plans the lake; rows are generated whenever a dataset is read, and are always the same. */
  public static SampleLake generate(SparkSession spark, SampleSettings settings) {
    return generate(
        spark, settings, PARTITIONS_PER_CORE * spark.sparkContext().defaultParallelism());
  }

  static SampleLake generate(SparkSession spark, SampleSettings settings, int partitions) {
    World world = World.of(settings);
    Dataset<Long> customers =
        spark.range(0, settings.customers(), 1, partitions).as(Encoders.LONG());
    Dataset<Row> lines =
        spark
            .range(0, world.shoppers(), 1, partitions)
            .as(Encoders.LONG())
            .mapPartitions(new SalesLines(settings), Encoders.row(SalesLines.SCHEMA));
    Map<Table, Dataset<Row>> tables = new EnumMap<>(Table.class);
    tables.put(
        Table.SALES_LINES, lines.withColumn(TILL_ID, till()).select(columns(Table.SALES_LINES)));
    ReferenceTables reference = new ReferenceTables(spark, world);
    tables.put(Table.STORES, reference.stores());
    tables.put(Table.PRODUCTS, reference.products());
    tables.put(Table.CALENDAR, reference.calendar());
    tables.put(Table.PROMOTIONS, reference.promotions());
    tables.put(Table.WEATHER_DAILY, reference.weather());
    tables.put(Table.WEATHER_FORECASTS, reference.weatherForecasts());
    tables.put(Table.LOCAL_EVENTS, reference.localEvents());
    tables.put(
        Table.INVENTORY_DAILY,
        spark
            .range(0, (long) settings.stores() * settings.products(), 1, partitions)
            .as(Encoders.LONG())
            .flatMap(
                new Inventory(settings),
                Encoders.row(Contracts.of(Table.INVENTORY_DAILY).schema())));
    tables.put(
        Table.CUSTOMERS,
        customers.map(
            new Customers(settings), Encoders.row(Contracts.of(Table.CUSTOMERS).schema())));
    for (Table table : new Table[] {Table.INTERACTIONS, Table.REVIEWS, Table.CAMPAIGN_EVENTS}) {
      tables.put(
          table,
          customers.flatMap(
              new Feedback(settings, table), Encoders.row(Contracts.of(table).schema())));
    }
    return new SampleLake(tables, new Truth(spark, world).datasets(customers, lines));
  }

  /** One of a store's three tills, whichever the receipt's id falls to. */
  private static Column till() {
    return when(
        col(CHANNEL).equalTo("store"),
        concat(lit("T"), pmod(xxhash64(col(SALE_ID)), lit(TILLS)).plus(1)));
  }

  private static Column[] columns(Table table) {
    return Contracts.of(table).columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
