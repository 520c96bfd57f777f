package com.posmodern.ai.job.behaviour;

import com.posmodern.ai.behaviour.live.LiveProfiles;
import com.posmodern.ai.behaviour.live.LiveRates;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;

/** Writes {@code results.live_profiles} and {@code results.live_rates}. */
public final class LiveProfilesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("live-profiles", "what a store usually sells in each hour of the week")
          .reads(Table.ACCEPTED_SALES, Table.SALES_LINES, Table.STORES)
          .readsIfPresent(Table.INTERACTIONS)
          .writes(Table.LIVE_PROFILES, Table.LIVE_RATES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    int weeks = context.settings().behaviour().profile().weeks();
    long written =
        context.write(
            Table.LIVE_PROFILES,
            LiveProfiles.of(
                context.read(Table.ACCEPTED_SALES),
                context.valid(Table.STORES),
                context.asOf(),
                weeks));
    long rates =
        context.write(
            Table.LIVE_RATES,
            LiveRates.of(
                context.read(Table.ACCEPTED_SALES),
                context.read(Table.SALES_LINES),
                context.validOptional(Table.INTERACTIONS),
                context.asOf(),
                weeks,
                context.settings().live().watch().items().cartMinutes()));
    return JobOutcome.ok(
        "%,d hours of the week and %,d rates, from %d weeks".formatted(written, rates, weeks));
  }
}
