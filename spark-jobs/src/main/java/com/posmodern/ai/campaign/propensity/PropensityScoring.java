package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EXPECTED_VALUE;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PROBABILITY;
import static com.posmodern.ai.contract.Columns.REASON_EN;
import static com.posmodern.ai.contract.Columns.REASON_PT_BR;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.PropensitySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores the features of customers as of a day: rows of {@code results.customer_propensity}. */
public final class PropensityScoring {
  /** Category of the rows that are about no category. */
  public static final String ALL = "ALL";

  static final StructType SCHEMA =
      new StructType()
          .add(MODEL_VERSION, DataTypes.StringType, false)
          .add(CUSTOMER_ID, DataTypes.StringType, false)
          .add(KIND, DataTypes.StringType, false)
          .add(CATEGORY, DataTypes.StringType, false)
          .add(HORIZON_DAYS, DataTypes.IntegerType, false)
          .add(PROBABILITY, DataTypes.DoubleType, false)
          .add(EXPECTED_VALUE, DataTypes.DoubleType, true)
          .add(REASON_PT_BR, DataTypes.StringType, false)
          .add(REASON_EN, DataTypes.StringType, false);

  private PropensityScoring() {}

  /**
   * A stored model in use.
   *
   * @param payload of {@code models.propensity_models}
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes of a model.
  public record Stored(PropensityKind kind, String version, byte[] payload)
      implements java.io.Serializable {}

  /**
   * Scores rows of one kind.
   *
   * @param described features as of one day
   * @param value model of the expected revenue; for rows of customers only
   */
  public static Dataset<Row> of(
      Dataset<Row> described, Stored model, Optional<Stored> value, PropensitySettings settings) {
    PropensityKind kind = model.kind();
    boolean ofCategories = kind == PropensityKind.BUY_CATEGORY;
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(ofCategories ? col(CATEGORY) : lit(ALL).as(CATEGORY));
    columns.add(Outcomes.horizonOf(kind, settings));
    kind.features()
        .forEach(
            feature ->
                columns.add(
                    coalesce(col(feature.column()).cast("float"), lit(Float.NaN))
                        .as(feature.column())));
    Dataset<Row> rows = described.select(columns.toArray(Column[]::new));
    int most = ofCategories ? settings.categoriesPerCustomer() : Integer.MAX_VALUE;
    Stored second = value.orElse(null);
    return (ofCategories
            // A customer's categories lie side by side, so the likeliest are chosen as they pass.
            ? rows.repartition(col(CUSTOMER_ID)).sortWithinPartitions(CUSTOMER_ID, CATEGORY)
            : rows)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                part -> new ScoredRows(part, model, Optional.ofNullable(second), most),
            Encoders.row(SCHEMA));
  }
}
