package com.posmodern.ai.job.quality;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.SourceAges;
import com.posmodern.ai.night.SourceAges.Age;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Writes how old the newest row of each source is, and says which are too old. */
final class OldSources {
  /** What the DAGs and the alarm in conf/aws/airflow.yaml look for. */
  static final String WORD = "ALARM: old sources: ";

  private static final double HOUR_MINUTES = 60;

  private OldSources() {}

  /**
   * What to say of the sources that are too old; empty when none is.
   *
   * @throws PosException usage when a bound is set for a table whose age is not known
   */
  static String write(JobContext context) {
    Map<String, Integer> bounds = context.settings().quality().oldestHours();
    requireKnown(bounds);
    Instant end = context.asOf().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Row> rows = new ArrayList<>();
    List<String> old = new ArrayList<>();
    for (Age source : SourceAges.of(context::readOptional, end)) {
      String table = source.table().tableName();
      Integer bound = bounds.get(table);
      Optional<Double> hours =
          source.newest().map(at -> Duration.between(at, end).toMinutes() / HOUR_MINUTES);
      boolean tooOld = bound != null && hours.map(age -> age > bound).orElse(true);
      if (tooOld) {
        old.add(
            "%s %s (bound %d h)"
                .formatted(table, hours.map(OldSources::text).orElse("over a month"), bound));
      }
      rows.add(
          RowFactory.create(
              java.sql.Date.valueOf(context.asOf()),
              table,
              source.newest().map(Timestamp::from).orElse(null),
              hours.orElse(null),
              bound,
              tooOld));
    }
    context.write(
        Table.SOURCE_AGES,
        context
            .spark()
            .createDataFrame(rows, Contracts.of(Table.SOURCE_AGES).schema().asNullable())
            .drop(Columns.AS_OF_DATE)
            .coalesce(1));
    return old.isEmpty() ? "" : "; " + WORD + String.join(", ", old);
  }

  private static String text(double hours) {
    return "%d h".formatted((long) hours);
  }

  private static void requireKnown(Map<String, Integer> bounds) {
    TreeSet<String> unknown = new TreeSet<>(bounds.keySet());
    String known =
        SourceAges.tables().stream().map(Table::tableName).collect(Collectors.joining(", "));
    SourceAges.tables().forEach(table -> unknown.remove(table.tableName()));
    if (!unknown.isEmpty()) {
      throw PosException.usage(
          "the age of %s is not known".formatted(unknown),
          "quality.oldest_hours",
          "Set bounds for some of " + known + " only.");
    }
  }
}
