package com.posmodern.ai.campaign.uplift;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** What a message is expected to bring of each customer. */
public final class UpliftScoring {
  /** Revenue that a message brings. */
  public static final String UPLIFT = "uplift";

  private static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER_ID, DataTypes.StringType, false)
          .add(UPLIFT, DataTypes.DoubleType, false);

  private UpliftScoring() {}

  /**
   * Rows of customer_id and {@link #UPLIFT} as of a day; empty where the stored model says that
   * audiences are ordered by propensity.
   *
   * @param payload of {@code models.propensity_models}
   */
  public static Optional<Dataset<Row>> of(PropensityData data, LocalDate asOf, byte[] payload) {
    if (!UpliftModel.ofBytes(payload).isUsed()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.addAll(PastCampaigns.featureColumns());
    return Optional.of(
        data.described(PropensityKind.VALUE, List.of(asOf))
            .select(columns.toArray(Column[]::new))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) part -> scored(part, payload),
                Encoders.row(SCHEMA)));
  }

  private static Iterator<Row> scored(Iterator<Row> rows, byte[] payload) {
    UpliftModel model = UpliftModel.ofBytes(payload);
    UpliftModel.Effects effects = model.open();
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> effects.close());
    return new Batches(rows, effects, model.width());
  }

  /** Some thousands of rows at a time: native code is called seldom, and memory is bounded. */
  private static final class Batches implements Iterator<Row> {
    private static final int BATCH = 8192;

    private final Iterator<Row> rows;
    private final UpliftModel.Effects effects;
    private final int width;
    private final List<String> customers = new ArrayList<>();
    private double[] values = {};
    private int next;

    Batches(Iterator<Row> rows, UpliftModel.Effects effects, int width) {
      this.rows = rows;
      this.effects = effects;
      this.width = width;
    }

    @Override
    public boolean hasNext() {
      return next < customers.size() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (next == customers.size()) {
        fill();
      }
      return RowFactory.create(customers.get(next), values[next++]);
    }

    private void fill() {
      customers.clear();
      next = 0;
      float[] features = new float[BATCH * width];
      while (customers.size() < BATCH && rows.hasNext()) {
        Row row = rows.next();
        for (int i = 0; i < width; i++) {
          features[customers.size() * width + i] = row.getFloat(1 + i);
        }
        customers.add(row.getString(0));
      }
      values = effects.of(features, customers.size());
    }
  }
}
