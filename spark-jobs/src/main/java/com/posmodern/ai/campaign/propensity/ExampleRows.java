package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.campaign.propensity.CutFeatures.CUT;
import static com.posmodern.ai.campaign.propensity.Outcomes.LABEL;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings a bounded sample of labelled rows to the driver, packed, in an order that never varies.
 */
final class ExampleRows {
  private static final long HASH_RANGE = 1_000_000;

  private ExampleRows() {}

  /**
   * At most about {@code limit} rows of the trained cuts, and as many of the judged one.
   *
   * @param labelled rows of {@link PropensityData#labelled}
   */
  static Examples of(
      Dataset<Row> labelled,
      List<PropensityFeature> features,
      LocalDate judged,
      int limit,
      long seed) {
    boolean ofCategories = features.contains(PropensityFeature.CATEGORY_RECENCY);
    Column category = ofCategories ? col(CATEGORY) : lit("");
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUT));
    columns.add(xxhash64(col(CUSTOMER_ID), lit(seed)).as(CUSTOMER_ID));
    columns.add(category.as(CATEGORY));
    columns.add(col(LABEL).cast("float").as(LABEL));
    features.forEach(
        feature ->
            columns.add(
                coalesce(col(feature.column()).cast("float"), lit(Float.NaN))
                    .as(feature.column())));
    Dataset<Row> rows =
        labelled.select(columns.toArray(Column[]::new)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Column isJudged = col(CUT).equalTo(lit(java.sql.Date.valueOf(judged)));
      Row counts = rows.agg(count(when(isJudged, 1)), count(lit(1))).head();
      long later = counts.getLong(0);
      long past = counts.getLong(1) - later;
      Column draw = pmod(xxhash64(col(CUSTOMER_ID), col(CATEGORY), col(CUT)), lit(HASH_RANGE));
      Dataset<Row> some =
          rows.where(
                  draw.lt(
                      when(isJudged, lit(share(later, limit))).otherwise(lit(share(past, limit)))))
              .orderBy(col(CUT), col(CUSTOMER_ID), col(CATEGORY))
              .withColumn(CUT, unix_date(col(CUT)))
              .drop(CATEGORY);
      int width = features.size();
      return unpacked(
          some.map((MapFunction<Row, byte[]>) row -> packed(row, width), Encoders.BINARY())
              .collectAsList(),
          width);
    } finally {
      rows.unpersist();
    }
  }

  private static long share(long rows, int limit) {
    return rows <= limit ? HASH_RANGE : HASH_RANGE * limit / rows;
  }

  private static byte[] packed(Row row, int width) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Float.BYTES * (1 + width))
            .putInt(row.getInt(0))
            .putLong(row.getLong(1));
    for (int i = 0; i <= width; i++) {
      bytes.putFloat(row.getFloat(2 + i));
    }
    return bytes.array();
  }

  private static Examples unpacked(List<byte[]> rows, int width) {
    float[] features = new float[Math.multiplyExact(rows.size(), width)];
    float[] labels = new float[rows.size()];
    long[] customers = new long[rows.size()];
    int[] cuts = new int[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      ByteBuffer bytes = ByteBuffer.wrap(rows.get(row));
      cuts[row] = bytes.getInt();
      customers[row] = bytes.getLong();
      labels[row] = bytes.getFloat();
      bytes.asFloatBuffer().get(features, row * width, width);
    }
    return new Examples(width, features, labels, customers, cuts);
  }
}
