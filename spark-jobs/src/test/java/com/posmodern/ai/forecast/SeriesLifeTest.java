package com.posmodern.ai.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.features.SeriesLife;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The features tell a life by Spark expressions, the forecast on packed days: the same life. */
class SeriesLifeTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final int AS_OF_DAY = (int) AS_OF.toEpochDay();
  private static final int DAYS = 12;
  private static final StructType DEMAND =
      new StructType()
          .add(Columns.STORE_ID, DataTypes.StringType)
          .add(Columns.BUSINESS_DATE, DataTypes.DateType)
          .add(Columns.UNIT_PRICE, DataTypes.DoubleType)
          .add(Columns.RETURNED, DataTypes.DoubleType)
          .add(Columns.DISCONTINUED_ON, DataTypes.DateType);

  /** First and last epoch day; the first is null where nothing was ever sold. */
  private record Life(Integer first, int last) {}

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Life> packed = new TreeMap<>();

  @Test
  void aLifeIsTheSameInBothForms() {
    for (int series = 0; series < 300; series++) {
      addSeries("series " + series);
    }

    assertThat(packed.values())
        .as("some never sold, some ended by their last day on sale, some are on sale")
        .anyMatch(life -> life.first() == null)
        .anyMatch(life -> life.last() < AS_OF_DAY)
        .anyMatch(life -> life.first() != null && life.last() == AS_OF_DAY);
    assertThat(bySpark()).isEqualTo(packed);
  }

  /** A day may have a sale, a return, both, or neither. */
  private void addSeries(String id) {
    StoreHistory history = new StoreHistory(id, AS_OF_DAY - DAYS);
    LocalDate discontinuedOn = random.nextBoolean() ? null : AS_OF.minusDays(random.nextInt(DAYS));
    for (int ago = random.nextInt(1, DAYS); ago >= 0; ago -= random.nextInt(1, 5)) {
      boolean isSale = random.nextInt(3) == 0;
      boolean isReturn = random.nextInt(3) == 0;
      history.add(
          AS_OF_DAY - ago,
          isSale ? 1 : 0,
          isSale ? 9.5f : Float.NaN,
          0,
          isReturn ? StoreHistory.RETURN_FLAG : 0);
      rows.add(
          RowFactory.create(
              id,
              java.sql.Date.valueOf(AS_OF.minusDays(ago)),
              isSale ? 9.5 : null,
              isReturn ? 2.0 : 0.0,
              discontinuedOn == null ? null : java.sql.Date.valueOf(discontinuedOn)));
    }
    int last =
        history.lastDay(
            discontinuedOn == null ? Integer.MAX_VALUE : (int) discontinuedOn.toEpochDay(),
            AS_OF_DAY);
    packed.put(id, new Life(history.hasBegun() ? history.firstDay() : null, last));
  }

  private Map<String, Life> bySpark() {
    Dataset<Row> lives =
        SparkTest.session()
            .createDataFrame(rows, DEMAND)
            .groupBy(Columns.STORE_ID, Columns.DISCONTINUED_ON)
            .agg(
                unix_date(min(SeriesLife.dayOfSale())).as("first"),
                max(when(SeriesLife.isLine(), col(Columns.BUSINESS_DATE))).as("line"))
            .withColumn(
                "last",
                unix_date(SeriesLife.end(col("line"), col(Columns.DISCONTINUED_ON), AS_OF)));
    Map<String, Life> bySpark = new TreeMap<>();
    for (Row life :
        lives.select(col(Columns.STORE_ID), col("first"), col("last")).collectAsList()) {
      bySpark.put(life.getString(0), new Life(life.<Integer>getAs(1), life.getInt(2)));
    }
    return bySpark;
  }
}
