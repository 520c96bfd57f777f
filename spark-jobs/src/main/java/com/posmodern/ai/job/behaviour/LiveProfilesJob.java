package com.posmodern.ai.job.behaviour;

import com.posmodern.ai.behaviour.live.LiveProfiles;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;

/** Writes {@code results.live_profiles}. */
public final class LiveProfilesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("live-profiles", "what a store usually sells in each hour of the week")
          .reads(Table.ACCEPTED_SALES, Table.STORES)
          .writes(Table.LIVE_PROFILES);

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
    return JobOutcome.ok("%,d hours of the week, from %d weeks".formatted(written, weeks));
  }
}
