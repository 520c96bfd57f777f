package com.posmodern.ai.campaign.uplift;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.RESPONSE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.propensity.PropensityFeature;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import com.posmodern.ai.config.PropensitySettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Learns uplift from the customers of earlier campaigns. */
public final class UpliftLearning {
  private static final long HASH_RANGE = 1_000_000;

  private UpliftLearning() {}

  /**
   * The outcome.
   *
   * @param obstacle why nothing was trained; empty when something was
   */
  public record Learnt(String obstacle, Optional<UpliftTraining.Trained> trained) {}

  /**
   * Trains and judges.
   *
   * @param sales {@code features.accepted_sales}
   * @param data of customers who may be profiled; others are not learnt from
   */
  public static Learnt learn(
      PastCampaigns.Members members,
      Dataset<Row> sales,
      PropensityData data,
      PropensitySettings settings,
      int minCustomers) {
    UpliftTraining training = new UpliftTraining(settings, minCustomers);
    if (members.nights().isEmpty()) {
      UpliftRows none = UpliftRows.empty(PastCampaigns.featureNames().size(), 0);
      return new Learnt(training.obstacle(none), Optional.empty());
    }
    Dataset<Row> described =
        data.described(PropensityKind.VALUE, members.nights())
            .withColumnRenamed(PropensityData.CUT, AS_OF_DATE);
    Dataset<Row> rows =
        PastCampaigns.outcomes(members.rows(), sales)
            .join(described, new String[] {AS_OF_DATE, CUSTOMER_ID});
    UpliftRows collected = collected(rows, settings.trainingRows(), settings.seed());
    String obstacle = training.obstacle(collected);
    return obstacle.isEmpty()
        ? new Learnt("", Optional.of(training.train(collected)))
        : new Learnt(obstacle, Optional.empty());
  }

  /** At most about {@code limit} rows, whole customers each, in an order of their own. */
  private static UpliftRows collected(Dataset<Row> all, int limit, long seed) {
    List<Column> columns = new ArrayList<>();
    columns.add(xxhash64(col(CUSTOMER_ID), lit(seed)).as(CUSTOMER_ID));
    columns.add(col(CAMPAIGN_ID));
    columns.add(col(AS_OF_DATE));
    columns.add(col(PastCampaigns.OUTCOME).cast("float").as(PastCampaigns.OUTCOME));
    columns.add(col(PastCampaigns.TREATED));
    columns.add(col(PastCampaigns.SHARE));
    columns.add(
        coalesce(col(RESPONSE).multiply(col(PropensityFeature.BASKET_VALUE.column())), lit(0.0))
            .as(RESPONSE));
    List<Column> features = PastCampaigns.featureColumns();
    columns.addAll(features);
    Dataset<Row> rows =
        all.select(columns.toArray(Column[]::new)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long size = rows.count();
      Dataset<Row> some =
          size <= limit
              ? rows
              : rows.where(pmod(col(CUSTOMER_ID), lit(HASH_RANGE)).lt(HASH_RANGE * limit / size));
      int width = features.size();
      return unpacked(
          some.orderBy(AS_OF_DATE, CUSTOMER_ID, CAMPAIGN_ID)
              .drop(CAMPAIGN_ID, AS_OF_DATE)
              .map((MapFunction<Row, byte[]>) row -> packed(row, width), Encoders.BINARY())
              .collectAsList(),
          width);
    } finally {
      rows.unpersist();
    }
  }

  private static byte[] packed(Row row, int width) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + Float.BYTES * (1 + width) + 1 + 2 * Double.BYTES)
            .putLong(row.getLong(0))
            .putFloat(row.getFloat(1))
            .put((byte) (row.getBoolean(2) ? 1 : 0))
            .putDouble(row.getDouble(3))
            .putDouble(row.getDouble(4));
    for (int i = 0; i < width; i++) {
      bytes.putFloat(row.getFloat(5 + i));
    }
    return bytes.array();
  }

  private static UpliftRows unpacked(List<byte[]> packed, int width) {
    UpliftRows rows = UpliftRows.empty(width, packed.size());
    for (int row = 0; row < packed.size(); row++) {
      ByteBuffer bytes = ByteBuffer.wrap(packed.get(row));
      rows.customers()[row] = bytes.getLong();
      rows.outcomes()[row] = bytes.getFloat();
      rows.treated()[row] = bytes.get() == 1;
      rows.shares()[row] = bytes.getDouble();
      rows.usual()[row] = bytes.getDouble();
      bytes.asFloatBuffer().get(rows.features(), row * width, width);
    }
    return rows;
  }
}
