package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.audience.Occasions;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Campaigns that wait for weather or an event, on the nights on which it is expected. */
final class WaitingCampaigns {
  /** Tables that a job must declare to call {@link #ready}, where they are there. */
  static final Table[] READS = {Table.WEATHER_FORECASTS, Table.LOCAL_EVENTS};

  private WaitingCampaigns() {}

  /**
   * The campaigns that wait for nothing; and those whose occasion is expected somewhere, for the
   * customers of those stores.
   */
  static List<Campaign> ready(JobContext context, List<Campaign> campaigns) {
    List<Campaign> ready = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      if (!campaign.audience().occasion().isAsked()) {
        ready.add(campaign);
        continue;
      }
      List<String> stores = stores(context, campaign);
      context.step(
          "%s: its occasion is expected near %d stores".formatted(campaign.id(), stores.size()));
      if (!stores.isEmpty()) {
        ready.add(campaign.at(stores));
      }
    }
    return ready;
  }

  private static List<String> stores(JobContext context, Campaign campaign) {
    Optional<Dataset<Row>> expected =
        new Occasions(
                context.validOptional(Table.WEATHER_FORECASTS),
                context.validOptional(Table.LOCAL_EVENTS))
            .stores(campaign.audience().occasion(), context.asOf());
    if (expected.isEmpty()) {
      context.step(
          "%s waits for what no table tells: source.weather_forecasts or source.local_events is missing"
              .formatted(campaign.id()));
      return List.of();
    }
    Set<String> asked = new HashSet<>(campaign.audience().stores());
    // As many as the retailer has stores, at most.
    return expected.get().collectAsList().stream()
        .map(row -> row.getString(0))
        .filter(store -> asked.isEmpty() || asked.contains(store))
        .sorted()
        .toList();
  }
}
