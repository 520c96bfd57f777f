package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BASELINE;
import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.CHAMPION_VERSION;
import static com.posmodern.ai.contract.Columns.DATA_VERSIONS;
import static com.posmodern.ai.contract.Columns.GIT_COMMIT;
import static com.posmodern.ai.contract.Columns.HIGHER_IS_BETTER;
import static com.posmodern.ai.contract.Columns.METRIC;
import static com.posmodern.ai.contract.Columns.METRIC_VALUE;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PARAMETERS;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SECONDS;
import static com.posmodern.ai.contract.Columns.SKILL;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Gate;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.model.ModelVersion;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The registry as rows of {@code ops.model_registry} and {@code ops.model_metrics}. */
final class LakeModelRegistry implements ModelRegistry {
  /** Versions of one model that are read: one a night for a year. */
  private static final int MOST_VERSIONS = 366;

  private final JobContext context;
  private final String gitCommit;

  /** What was accepted of each model, the newest first; read once. */
  private final Map<String, List<Row>> accepted = new HashMap<>();

  LakeModelRegistry(JobContext context, String gitCommit) {
    this.context = context;
    this.gitCommit = gitCommit;
  }

  @Override
  public String nextVersion(String model, Map<String, String> parameters) {
    int hash = new TreeMap<>(parameters).toString().hashCode();
    return "%s-%s-%08x"
        .formatted(model, context.asOf().format(DateTimeFormatter.BASIC_ISO_DATE), hash);
  }

  @Override
  public ModelVersion judge(Evaluation evaluation, double seconds) {
    String version = nextVersion(evaluation.model(), evaluation.parameters());
    // Excludes an earlier version of the same date: a repeated run must give the same verdict.
    Optional<Champion> former =
        champion(
            evaluation.model(),
            context.asOf().minusDays(1),
            row -> judgedBy(row).equals(judgedBy(evaluation.parameters())));
    Gate.Verdict verdict = Gate.judge(evaluation, former, context.settings().gate());
    Optional<Champion> champion =
        verdict.accepted()
            ? Optional.of(new Champion(version, context.asOf(), evaluation.skill()))
            : former;
    Map<String, String> slice = Map.of(MODEL, evaluation.model());
    context.write(Table.MODEL_METRICS, metricRows(evaluation, version), slice);
    context.write(
        Table.MODEL_REGISTRY, registryRow(evaluation, version, verdict, champion, seconds), slice);
    accepted.remove(evaluation.model());
    return new ModelVersion(version, verdict.accepted(), champion, verdict.reason());
  }

  @Override
  public Optional<Champion> champion(String model) {
    return champion(model, context.asOf(), row -> true);
  }

  @Override
  public Optional<Champion> acceptedUpTo(String model, LocalDate date) {
    LocalDate oldest = date.minusDays(context.settings().gate().championMaxAgeDays());
    return champion(model, date, row -> true).filter(kept -> !kept.asOf().isBefore(oldest));
  }

  private static String judgedBy(Map<String, String> parameters) {
    return parameters.getOrDefault(Evaluation.JUDGED_BY, "");
  }

  private static String judgedBy(Row row) {
    return judgedBy(row.<String, String>getJavaMap(3));
  }

  /**
   * The champion up to a date.
   *
   * @param comparable whether a version's skill is measured like the one it is held against
   */
  private Optional<Champion> champion(String model, LocalDate upTo, Predicate<Row> comparable) {
    int maxAge = context.settings().gate().championMaxAgeDays();
    LocalDate oldest = context.asOf().minusDays(maxAge);
    List<Row> upToThen =
        accepted.computeIfAbsent(model, this::accepted).stream()
            .filter(row -> !row.getDate(1).toLocalDate().isAfter(upTo))
            .toList();
    double recentSkill =
        upToThen.stream()
            .filter(row -> !row.getDate(1).toLocalDate().isBefore(oldest))
            .filter(comparable)
            .mapToDouble(row -> row.getDouble(2))
            .average()
            .orElse(Double.NaN);
    return upToThen.stream()
        .findFirst()
        .map(row -> new Champion(row.getString(0), row.getDate(1).toLocalDate(), recentSkill));
  }

  /**
   * One version per night: at most one row per day. A version of the maximum age must be among them
   * at the start of a holdout, too.
   */
  private List<Row> accepted(String model) {
    return context
        .readHistory(Table.MODEL_REGISTRY)
        .map(
            history ->
                history
                    .where(col(MODEL).equalTo(model))
                    .where(col(ACCEPTED))
                    .orderBy(col(AS_OF_DATE).desc(), col(MODEL_VERSION).desc())
                    .select(MODEL_VERSION, AS_OF_DATE, SKILL, PARAMETERS)
                    .limit(MOST_VERSIONS)
                    .collectAsList())
        .orElse(List.of());
  }

  private Dataset<Row> metricRows(Evaluation evaluation, String version) {
    RowsOf rows =
        new RowsOf(
            Table.MODEL_METRICS,
            List.of(
                MODEL,
                MODEL_VERSION,
                CANDIDATE,
                SCOPE,
                METRIC,
                METRIC_VALUE,
                BASELINE,
                HIGHER_IS_BETTER));
    for (Metric metric : evaluation.metrics()) {
      rows.add(
          evaluation.model(),
          version,
          metric.candidate(),
          metric.scope(),
          metric.name(),
          Double.isFinite(metric.value()) ? metric.value() : null,
          metric.baseline(),
          metric.higherIsBetter());
    }
    return rows.dataset(context.spark());
  }

  private Dataset<Row> registryRow(
      Evaluation evaluation,
      String version,
      Gate.Verdict verdict,
      Optional<Champion> champion,
      double seconds) {
    return new RowsOf(
            Table.MODEL_REGISTRY,
            List.of(
                MODEL,
                MODEL_VERSION,
                ACCEPTED,
                CHAMPION_VERSION,
                VERDICT,
                SKILL,
                PARAMETERS,
                DATA_VERSIONS,
                SECONDS,
                GIT_COMMIT))
        .add(
            evaluation.model(),
            version,
            verdict.accepted(),
            champion.map(Champion::version).orElse(null),
            verdict.reason(),
            Double.isFinite(evaluation.skill()) ? evaluation.skill() : null,
            scalaMap(evaluation.parameters()),
            scalaMap(context.dataVersions()),
            seconds,
            gitCommit)
        .dataset(context.spark());
  }

  private static Object scalaMap(Map<String, String> map) {
    return scala.jdk.javaapi.CollectionConverters.asScala(new TreeMap<>(map));
  }
}
