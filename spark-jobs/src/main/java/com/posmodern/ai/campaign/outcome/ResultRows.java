package com.posmodern.ai.campaign.outcome;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CLICKED;
import static com.posmodern.ai.contract.Columns.CONVERSION;
import static com.posmodern.ai.contract.Columns.CONVERTED;
import static com.posmodern.ai.contract.Columns.COST;
import static com.posmodern.ai.contract.Columns.COSTED_SHARE;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_LOWER;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_REVENUE;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_UPPER;
import static com.posmodern.ai.contract.Columns.MARGIN;
import static com.posmodern.ai.contract.Columns.OPENED;
import static com.posmodern.ai.contract.Columns.RETURN_ON_INVESTMENT;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.SENT;
import static com.posmodern.ai.contract.Columns.STOP_REASON;
import static com.posmodern.ai.contract.Columns.UNSUBSCRIBED;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Lines of the results as rows of their tables, without the as-of date. */
public final class ResultRows {
  private ResultRows() {}

  /** Rows of {@code results.campaign_results}. */
  public static Dataset<Row> results(SparkSession spark, List<CampaignResults.Line> lines) {
    return rows(spark, Table.CAMPAIGN_RESULTS, lines.stream().map(ResultRows::values).toList());
  }

  /** Rows of {@code ops.campaign_stops}: the variants that are stopped, today or before. */
  public static Dataset<Row> stops(SparkSession spark, List<CampaignResults.Line> lines) {
    return rows(
        spark,
        Table.CAMPAIGN_STOPS,
        lines.stream()
            .filter(line -> line.segmentId() == CampaignResults.EVERY_SEGMENT)
            .filter(line -> line.stop().isPresent())
            .map(ResultRows::values)
            .toList());
  }

  private static Map<String, Object> values(CampaignResults.Line line) {
    Map<String, Object> values = new HashMap<>();
    values.put(CAMPAIGN_ID, line.campaignId());
    values.put(ARM, line.arm());
    values.put(SEGMENT_ID, line.segmentId());
    values.put(SEGMENT_NAME, line.segmentName());
    values.put(CUSTOMERS, line.customers());
    values.put(SENT, line.sent());
    values.put(OPENED, line.opened());
    values.put(CLICKED, line.clicked());
    values.put(UNSUBSCRIBED, line.unsubscribed());
    values.put(CONVERTED, line.converted());
    values.put(CONVERSION, (double) line.converted() / line.customers());
    values.put(REVENUE, line.revenue());
    values.put(COST, line.cost());
    line.margin().ifPresent(margin -> values.put(MARGIN, margin));
    line.costedShare().ifPresent(share -> values.put(COSTED_SHARE, share));
    line.incremental()
        .ifPresent(
            revenue -> {
              values.put(INCREMENTAL_REVENUE, revenue);
              values.put(INCREMENTAL_LOWER, revenue - line.halfWidth());
              values.put(INCREMENTAL_UPPER, revenue + line.halfWidth());
              if (line.cost() > 0) {
                values.put(RETURN_ON_INVESTMENT, (revenue - line.cost()) / line.cost());
              }
            });
    line.stop().ifPresent(stop -> values.put(STOP_REASON, stop.name()));
    return values;
  }

  private static Dataset<Row> rows(
      SparkSession spark, Table table, List<Map<String, Object>> lines) {
    StructType schema = Contracts.of(table).writtenSchema();
    return spark.createDataFrame(
        lines.stream()
            .map(
                line ->
                    RowFactory.create(Arrays.stream(schema.fieldNames()).map(line::get).toArray()))
            .toList(),
        schema);
  }
}
