package com.posmodern.ai.job.publish;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.ReaderTarget;
import java.util.List;

/**
 * Makes the finished result tables a publication: every target prepares it out of sight, it is
 * recorded, and only then are the readers switched, one kind after the other.
 */
public final class PublishJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "publish",
              "publish the finished result tables to the till and BI in one step; --to <id> goes back")
          .readsIfPresent(FinishedResults.TABLES)
          .readsIfPresent(Table.MODEL_REGISTRY)
          .writes(Table.PUBLICATIONS, Table.PUBLICATION_SWITCHES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    PublicationStore store = context.publications();
    Publication publication = FinishedResults.publication(context);
    List<ReaderTarget> targets = store.targets();
    for (ReaderTarget target : targets) {
      context.step("preparing for %s: not visible until the switch".formatted(target.reader()));
      context.step("%s: %s".formatted(target.reader(), target.prepare(publication)));
    }
    context.write(Table.PUBLICATIONS, store.record(publication), PublicationStore.key(publication));
    store.show(
        publication,
        targets,
        context::step,
        readers ->
            context.write(
                Table.PUBLICATION_SWITCHES,
                store.switched(publication, readers, context.runId(), "night"),
                PublicationStore.switchKey(publication, context.runId())));
    for (ReaderTarget target : targets) {
      target
          .dropOld(context.settings().publish().kept())
          .ifPresent(left -> context.step(target.reader() + ": " + left));
    }
    return JobOutcome.ok(
        "publication %s: %d of %d result tables"
            .formatted(
                publication.id(), publication.tables().size(), FinishedResults.TABLES.size()));
  }
}
