package com.posmodern.ai.job.quality;

import com.posmodern.ai.config.ReplenishmentSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.NightRules;
import com.posmodern.ai.quality.TableCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The checks of all source tables but the sales.
 *
 * @param absent tables that the lake may lack, and lacks
 */
record SourceChecks(List<TableCheck> checks, List<Table> absent) {

  /** Several tables are checked at a time, as each keeps only a few cores busy. */
  static SourceChecks run(JobContext context) {
    NightRules night = rules(context);
    List<Supplier<TableCheck>> tasks = new ArrayList<>();
    List<Table> absent = new ArrayList<>();
    for (Table table : required()) {
      if (table != Table.SALES_LINES) {
        tasks.add(() -> check(context, table, context.read(table), night));
      }
    }
    for (Table table : optional()) {
      Optional<Dataset<Row>> rows = context.readOptional(table);
      rows.ifPresentOrElse(
          found -> tasks.add(() -> check(context, table, found, night)), () -> absent.add(table));
    }
    int atOnce = context.settings().spark().jobsAtOnce();
    return new SourceChecks(SideBySide.all(atOnce, tasks), List.copyOf(absent));
  }

  private static NightRules rules(JobContext context) {
    ReplenishmentSettings orders = context.settings().forecast().replenishment();
    return new NightRules(
        context.asOf(),
        context.valid(Table.STORES),
        orders.overdueDays(),
        orders.serviceClasses().keySet());
  }

  private static TableCheck check(
      JobContext context, Table table, Dataset<Row> rows, NightRules night) {
    context.step("checking " + table);
    return TableCheck.of(table, rows, night, context.settings().quality());
  }

  static Set<Table> required() {
    return sourceTables().filter(table -> Contracts.of(table).requiredTable()).collect(asSet());
  }

  static Set<Table> optional() {
    return sourceTables().filter(table -> !Contracts.of(table).requiredTable()).collect(asSet());
  }

  private static Stream<Table> sourceTables() {
    return Arrays.stream(Table.values()).filter(table -> table.layer() == Layer.SOURCE);
  }

  private static Collector<Table, ?, Set<Table>> asSet() {
    return Collectors.toCollection(() -> EnumSet.noneOf(Table.class));
  }
}
