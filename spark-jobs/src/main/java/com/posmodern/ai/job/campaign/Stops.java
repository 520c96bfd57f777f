package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.STOP_REASON;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.campaign.outcome.CampaignResults.Stop;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import java.sql.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Variants that earlier nights stopped: campaign → variant → why. */
final class Stops {
  private Stops() {}

  static Map<String, Map<String, Stop>> before(JobContext context) {
    Map<String, Map<String, Stop>> stops = new HashMap<>();
    context
        .readHistory(Table.CAMPAIGN_STOPS)
        .ifPresent(
            rows ->
                rows.where(col(AS_OF_DATE).lt(lit(Date.valueOf(context.asOf()))))
                    .select(CAMPAIGN_ID, ARM, STOP_REASON)
                    .distinct()
                    .collectAsList()
                    .forEach(row -> add(stops, row)));
    return stops;
  }

  private static void add(Map<String, Map<String, Stop>> stops, Row row) {
    stops
        .computeIfAbsent(row.getString(0), any -> new HashMap<>())
        .put(row.getString(1), Stop.valueOf(row.getString(2)));
  }
}
