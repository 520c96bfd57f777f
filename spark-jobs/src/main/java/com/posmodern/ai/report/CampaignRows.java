package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.BODY;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CLICKED;
import static com.posmodern.ai.contract.Columns.CONVERSION;
import static com.posmodern.ai.contract.Columns.COST;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.GENERATOR;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_LOWER;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_REVENUE;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_UPPER;
import static com.posmodern.ai.contract.Columns.LANGUAGE;
import static com.posmodern.ai.contract.Columns.MARGIN;
import static com.posmodern.ai.contract.Columns.MESSAGES;
import static com.posmodern.ai.contract.Columns.OPENED;
import static com.posmodern.ai.contract.Columns.OUTCOME;
import static com.posmodern.ai.contract.Columns.REFUSAL;
import static com.posmodern.ai.contract.Columns.RETURN_ON_INVESTMENT;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SENT;
import static com.posmodern.ai.contract.Columns.STEP;
import static com.posmodern.ai.contract.Columns.STOP_REASON;
import static com.posmodern.ai.contract.Columns.SUBJECT;
import static com.posmodern.ai.contract.Columns.UNSUBSCRIBED;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import com.posmodern.ai.report.CampaignReport.ArmResult;
import com.posmodern.ai.report.CampaignReport.CampaignPart;
import com.posmodern.ai.report.CampaignReport.FunnelStep;
import com.posmodern.ai.report.CampaignReport.Refusal;
import com.posmodern.ai.report.CampaignReport.SampleMessage;
import com.posmodern.ai.report.CampaignReport.SendingStep;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects a few rows of the campaigns' tables into the page. */
public final class CampaignRows {
  private static final String ALL = "ALL";
  private static final String EXAMPLE = "example";
  private static final String HOLDOUT = "HOLDOUT";
  private static final String CONTROL = "CONTROL";

  private CampaignRows() {}

  /**
   * The page of a night, from the rows of its tables; those that are absent stay empty.
   *
   * @param recommended rows of {@code results.recommendation_results}
   * @param sent campaign_id, outcome, messages: what became of messages so far, in the page's order
   */
  public static CampaignReport report(
      LocalDate asOf,
      String runId,
      String lake,
      Optional<Dataset<Row>> funnel,
      Optional<Dataset<Row>> messages,
      Optional<Dataset<Row>> results,
      Optional<Dataset<Row>> sent,
      Optional<Dataset<Row>> recommended,
      CampaignModels models) {
    Map<String, List<FunnelStep>> funnels =
        grouped(
            funnel.map(rows -> rows.orderBy(CAMPAIGN_ID, STEP, VERDICT)),
            row -> new FunnelStep(Cells.text(row, VERDICT), Cells.whole(row, CUSTOMERS)));
    Map<String, List<SampleMessage>> samples =
        grouped(messages.map(CampaignRows::examples), CampaignRows::sample);
    Map<String, List<Refusal>> refusals =
        grouped(
            messages.map(CampaignRows::refused),
            row -> new Refusal(Cells.text(row, REFUSAL), Cells.whole(row, CUSTOMERS)));
    Map<String, List<SendingStep>> sending =
        grouped(sent, row -> new SendingStep(Cells.text(row, OUTCOME), Cells.whole(row, MESSAGES)));
    Map<String, List<ArmResult>> arms =
        grouped(
            results.map(rows -> rows.where(col(SEGMENT_ID).equalTo(-1)).orderBy(CAMPAIGN_ID, ARM)),
            CampaignRows::arm);
    List<ArmResult> together = Optional.ofNullable(arms.remove(ALL)).orElse(List.of());
    Map<String, CampaignPart> parts = new TreeMap<>();
    for (Map<String, ?> named : List.of(funnels, sending, arms)) {
      for (String id : named.keySet()) {
        parts.put(
            id,
            new CampaignPart(
                id,
                funnels.getOrDefault(id, List.of()),
                samples.getOrDefault(id, List.of()),
                refusals.getOrDefault(id, List.of()),
                sending.getOrDefault(id, List.of()),
                sorted(arms.getOrDefault(id, List.of()))));
      }
    }
    return new CampaignReport(
        asOf,
        runId,
        lake,
        List.copyOf(parts.values()),
        together,
        RecommendationPart.of(recommended),
        models);
  }

  /** Variants first, then those without a message. */
  private static List<ArmResult> sorted(List<ArmResult> arms) {
    List<ArmResult> sorted = new ArrayList<>(arms);
    sorted.sort(
        java.util.Comparator.comparing(
                (ArmResult arm) -> arm.arm().equals(CONTROL) || arm.arm().equals(HOLDOUT))
            .thenComparing(ArmResult::arm));
    return sorted;
  }

  private static Dataset<Row> examples(Dataset<Row> messages) {
    return messages
        .where(col(REFUSAL).isNull())
        .groupBy(CAMPAIGN_ID, ARM, CHANNEL)
        .agg(
            min_by(struct(col(LANGUAGE), col(SUBJECT), col(BODY), col(GENERATOR)), col(CUSTOMER_ID))
                .as(EXAMPLE))
        .select(col(CAMPAIGN_ID), col(ARM), col(CHANNEL), col(EXAMPLE + ".*"))
        .orderBy(CAMPAIGN_ID, ARM, CHANNEL);
  }

  private static Dataset<Row> refused(Dataset<Row> messages) {
    return messages
        .where(col(REFUSAL).isNotNull())
        .groupBy(CAMPAIGN_ID, REFUSAL)
        .agg(count(lit(1)).as(CUSTOMERS))
        .orderBy(col(CAMPAIGN_ID), col(CUSTOMERS).desc(), col(REFUSAL));
  }

  private static SampleMessage sample(Row row) {
    String subject = Cells.text(row, SUBJECT);
    return new SampleMessage(
        Cells.text(row, ARM),
        Cells.text(row, CHANNEL),
        Cells.text(row, LANGUAGE),
        subject.isEmpty() ? Optional.empty() : Optional.of(subject),
        Cells.text(row, BODY),
        Cells.text(row, GENERATOR));
  }

  private static ArmResult arm(Row row) {
    String stop = Cells.text(row, STOP_REASON);
    return new ArmResult(
        Cells.text(row, ARM),
        Cells.whole(row, CUSTOMERS),
        Cells.whole(row, SENT),
        Cells.whole(row, OPENED),
        Cells.whole(row, CLICKED),
        Cells.whole(row, UNSUBSCRIBED),
        Cells.number(row, CONVERSION),
        Cells.number(row, REVENUE),
        Cells.number(row, COST),
        Cells.perhaps(row, MARGIN),
        Cells.perhaps(row, INCREMENTAL_REVENUE),
        Cells.perhaps(row, INCREMENTAL_LOWER),
        Cells.perhaps(row, INCREMENTAL_UPPER),
        Cells.perhaps(row, RETURN_ON_INVESTMENT),
        stop.isEmpty() ? Optional.empty() : Optional.of(stop));
  }

  private static <T> Map<String, List<T>> grouped(
      Optional<Dataset<Row>> rows, Function<Row, T> read) {
    Map<String, List<T>> grouped = new TreeMap<>();
    rows.ifPresent(
        some ->
            some.collectAsList()
                .forEach(
                    row ->
                        grouped
                            .computeIfAbsent(Cells.text(row, CAMPAIGN_ID), any -> new ArrayList<>())
                            .add(read.apply(row))));
    return grouped;
  }
}
