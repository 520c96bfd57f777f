package com.posmodern.ai.job.segment;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.CustomerFeatures;
import com.posmodern.ai.features.NextPurchases;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.segment.SegmentTraining;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers as tonight's features would have shown them some weeks ago, with what they bought
 * since: by it segments are judged. Of a bounded sample of the customers, so that it costs a scan
 * of the sales and little else.
 */
final class PastCustomers {
  private PastCustomers() {}

  /**
   * The customers and their later purchases.
   *
   * @param count of the customers that can be placed tonight
   */
  static Dataset<Row> of(JobContext context, long count) {
    SegmentSettings settings = context.settings().segment();
    LocalDate then = context.asOf().minusDays(settings.outcomeDays());
    Dataset<Row> products = context.valid(Table.PRODUCTS);
    Dataset<Row> sales =
        SegmentTraining.sample(
            context.read(Table.ACCEPTED_SALES),
            count,
            settings.outcomeCustomers(),
            settings.seed());
    Profiling profiling =
        new Profiling(
            context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
    Dataset<Row> customers =
        CustomerFeatures.of(
            sales,
            products,
            profiling,
            then,
            context.settings().features().customerWindowDays(),
            context.settings().recommend().rules().excludedForAnybody());
    return NextPurchases.joined(
        customers,
        sales,
        products,
        then,
        context.asOf(),
        SegmentTraining.NEXT_SPEND,
        SegmentTraining.NEXT_LINES);
  }
}
