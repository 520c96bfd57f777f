package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.SKILL;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.ReaderTarget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes the finished result tables a publication and shows it: every target prepares it unseen, it
 * is recorded, and only then the readers are switched, kind by kind.
 */
public final class PublishJob implements Job {
  private static final Set<Table> RESULTS =
      EnumSet.of(
          Table.DEMAND_FORECAST,
          Table.REPLENISHMENT_ADVICE,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.SIMILAR_PRODUCTS,
          Table.POPULAR_PRODUCTS,
          Table.CUSTOMER_SEGMENTS,
          Table.SEGMENT_PROFILES);

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String purpose() {
    return "show the finished result tables to the till and BI, all at once; --to <id> goes back";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of();
  }

  @Override
  public Set<Table> optionalInputs() {
    Set<Table> inputs = EnumSet.copyOf(RESULTS);
    inputs.add(Table.MODEL_REGISTRY);
    return inputs;
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.PUBLICATIONS, Table.PUBLICATION_SWITCHES);
  }

  @Override
  public JobOutcome run(JobContext context) {
    PublicationStore store = context.publications();
    Publication publication = publication(context);
    List<ReaderTarget> targets = store.targets();
    for (ReaderTarget target : targets) {
      context.step("preparing for %s: unseen until the switch".formatted(target.reader()));
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
            .formatted(publication.id(), publication.tables().size(), RESULTS.size()));
  }

  private static Publication publication(JobContext context) {
    List<PublishedTable> tables = new ArrayList<>();
    for (Table table : RESULTS) {
      context.readOptional(table).ifPresent(rows -> tables.add(published(context, table, rows)));
    }
    if (tables.isEmpty()) {
      throw PosException.badData(
          "no result table has rows for as-of date " + context.asOf(),
          "publish",
          "Run the scoring jobs for this date first.");
    }
    return new Publication(Publication.id(context.asOf(), context.runId()), context.asOf(), tables);
  }

  private static PublishedTable published(JobContext context, Table table, Dataset<Row> rows) {
    Optional<String> model = model(rows);
    Optional<Row> judged = model.flatMap(version -> judged(context, version));
    return new PublishedTable(
        table,
        Long.parseLong(context.dataVersions().get(table.path())),
        Lake.count(rows),
        model,
        judged.map(row -> row.getString(0)),
        judged.filter(row -> !row.isNullAt(1)).map(row -> row.getDouble(1)));
  }

  /** Empty where several versions made the rows. */
  private static Optional<String> model(Dataset<Row> rows) {
    List<Row> versions = rows.select(MODEL_VERSION).distinct().limit(2).collectAsList();
    return versions.size() == 1 ? Optional.of(versions.get(0).getString(0)) : Optional.empty();
  }

  /** What the gate said of a version: by the night that accepted it, which may be long ago. */
  private static Optional<Row> judged(JobContext context, String version) {
    return context
        .readHistory(Table.MODEL_REGISTRY)
        .flatMap(
            registry ->
                registry
                    .where(col(MODEL_VERSION).equalTo(version).and(col(ACCEPTED)))
                    .orderBy(col(AS_OF_DATE).desc())
                    .select(VERDICT, SKILL)
                    .limit(1)
                    .collectAsList()
                    .stream()
                    .findFirst());
  }
}
