package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.FEATURE_NAMES;
import static com.posmodern.ai.contract.Columns.FROM_CONTENT;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PAYLOAD;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.recommend.rank.PersonalLists;
import com.posmodern.ai.recommend.rank.RankerTraining;
import com.posmodern.ai.recommend.rank.RankerTraining.Trained;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Writes and reads the tables of the recommender; the registry says which version is champion. */
final class RecommendChampion {
  private final JobContext context;
  private final Champion champion;

  private RecommendChampion(JobContext context, Champion champion) {
    this.context = context;
    this.champion = champion;
  }

  /** Empty when the gate has not accepted any recommender up to the as-of date. */
  static Optional<RecommendChampion> of(JobContext context) {
    return context
        .registry()
        .champion(RankerTraining.MODEL)
        .map(champion -> new RecommendChampion(context, champion));
  }

  /** The newest version accepted up to a date. */
  static Optional<RecommendChampion> upTo(JobContext context, LocalDate date) {
    return context
        .registry()
        .acceptedUpTo(RankerTraining.MODEL, date)
        .map(champion -> new RecommendChampion(context, champion));
  }

  /** Keeps what was trained tonight, accepted or not; no row for the fixed blend. */
  static void keep(JobContext context, Trained trained, String version) {
    List<Row> rows =
        trained.ranker().stream()
            .map(
                bytes ->
                    RowFactory.create(version, bytes, PersonalLists.featureNames(), trained.rows()))
            .toList();
    context.write(
        Table.RECOMMEND_RANKER,
        context
            .spark()
            .createDataFrame(rows, Contracts.of(Table.RECOMMEND_RANKER).writtenSchema()));
  }

  /** For a comparison with tonight's; empty when it was trained on other features. */
  Optional<RankerTraining.Former> comparable() {
    Optional<Row> kept = kept();
    return kept.isPresent() && !kept.get().getList(1).equals(PersonalLists.featureNames())
        ? Optional.empty()
        : Optional.of(new RankerTraining.Former(version(), kept.map(row -> row.getAs(0))));
  }

  String version() {
    return champion.version();
  }

  /**
   * The trained ranker's bytes; empty when the champion is the fixed blend.
   *
   * @throws PosException bad data: it was trained on other features than this version of the
   *     program uses
   */
  Optional<byte[]> ranker() {
    return kept().map(this::payload);
  }

  private Optional<Row> kept() {
    return context
        .readHistory(Table.RECOMMEND_RANKER)
        .map(
            rows ->
                rows.where(
                        Lake.isOf(champion.asOf())
                            .and(col(MODEL_VERSION).equalTo(champion.version())))
                    .select(PAYLOAD, FEATURE_NAMES))
        .flatMap(rows -> rows.collectAsList().stream().findFirst());
  }

  /** Columns product_id, factors, from_content. */
  Dataset<Row> productFactors() {
    return context
        .readHistory(Table.PRODUCT_FACTORS)
        .orElseThrow(
            () ->
                PosException.badData(
                    "no rows of the champion %s".formatted(champion.version()),
                    Table.PRODUCT_FACTORS.path(),
                    "Run recommend-train again"))
        .where(Lake.isOf(champion.asOf()))
        .select(PRODUCT_ID, FACTORS, FROM_CONTENT);
  }

  private byte[] payload(Row row) {
    if (!row.getList(1).equals(PersonalLists.featureNames())) {
      throw PosException.badData(
          "the ranker %s was trained on other features than this version of the program uses"
              .formatted(champion.version()),
          Table.RECOMMEND_RANKER.path(),
          "Run recommend-train again");
    }
    return row.getAs(0);
  }
}
