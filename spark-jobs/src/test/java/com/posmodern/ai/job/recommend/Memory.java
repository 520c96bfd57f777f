package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables in memory, held against their contracts when written; nothing is trained. */
final class Memory implements JobContext, ModelRegistry {
  static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);

  private final Settings settings;
  private final Optional<Champion> champion;
  private final Map<Table, Dataset<Row>> tables = new EnumMap<>(Table.class);
  private final Map<Table, Dataset<Row>> history = new EnumMap<>(Table.class);

  /**
   * @param champion of every model
   */
  Memory(Settings settings, Optional<Champion> champion) {
    this.settings = settings;
    this.champion = champion;
  }

  void put(Table table, String sql) {
    put(table, spark().sql(sql));
  }

  void put(Table table, Dataset<Row> rows) {
    tables.put(table, rows);
  }

  /** Rows of every night, with the as-of date. */
  void remember(Table table, Dataset<Row> rows) {
    history.put(table, rows);
  }

  @Override
  public Optional<Champion> acceptedUpTo(String model, LocalDate date) {
    return Optional.empty();
  }

  @Override
  public LocalDate asOf() {
    return AS_OF;
  }

  @Override
  public String runId() {
    return "run";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public SparkSession spark() {
    return SparkTest.session();
  }

  @Override
  public Dataset<Row> readAllDays(Table table) {
    return read(table);
  }

  @Override
  public long writeHistory(Table table, Dataset<Row> rows, HistoryWrite write) {
    return write(table, rows);
  }

  @Override
  public Optional<Standing> standing(Table table) {
    return Optional.empty();
  }

  @Override
  public Optional<Dataset<Row>> lastWritten(Table table) {
    return Optional.ofNullable(tables.get(table));
  }

  @Override
  public String place(Table table) {
    return "";
  }

  @Override
  public TableChanges changes(Table table, String place) {
    return TableChanges.unknown("nobody keeps it");
  }

  @Override
  public boolean rebuilds() {
    return true;
  }

  @Override
  public Dataset<Row> read(Table table) {
    return tables.get(table);
  }

  @Override
  public Optional<Dataset<Row>> readOptional(Table table) {
    return Optional.ofNullable(tables.get(table));
  }

  @Override
  public Optional<Dataset<Row>> ages(LocalDate day, int minimumAge) {
    return Optional.empty();
  }

  @Override
  public Optional<Dataset<Row>> readHistory(Table table) {
    return Optional.ofNullable(history.get(table));
  }

  @Override
  public long write(Table table, Dataset<Row> rows, Map<String, String> slice) {
    List<String> columns =
        Contracts.of(table).columnNames().stream()
            .filter(c -> !c.equals(AS_OF_DATE) && !c.equals(KNOWN_UNTIL))
            .toList();
    assertThat(rows.columns()).containsExactlyInAnyOrderElementsOf(columns);
    List<Row> held = rows.collectAsList();
    tables.put(table, spark().createDataFrame(held, rows.schema()));
    return held.size();
  }

  @Override
  public void step(String whatIsHappening) {}

  @Override
  public ModelRegistry registry() {
    return this;
  }

  @Override
  public PublicationStore publications() {
    throw new UnsupportedOperationException("nothing is published from memory");
  }

  @Override
  public Map<String, String> dataVersions() {
    return Map.of();
  }

  @Override
  public String nextVersion(String model, Map<String, String> parameters) {
    throw new AssertionError("nothing is trained here");
  }

  @Override
  public ModelVersion judge(Evaluation evaluation, double seconds) {
    throw new AssertionError("nothing is trained here");
  }

  @Override
  public Optional<Champion> champion(String model) {
    return champion;
  }
}
