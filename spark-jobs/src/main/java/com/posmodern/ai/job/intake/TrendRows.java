package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.SIGNAL_DATE;
import static com.posmodern.ai.contract.Columns.SIGNAL_VALUE;
import static com.posmodern.ai.contract.Columns.TERM;
import static com.posmodern.ai.contract.Columns.TOLD_BY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.trends.TrendSignal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Values of trends in {@code source.trend_signals}; they grow with terms and days. */
final class TrendRows {
  private static final String PRODUCT = "product";
  private static final String CATEGORY = "category";
  private static final List<String> ABOUT = List.of(TOLD_BY, TERM, KIND, ITEM_ID, SIGNAL_DATE);
  private static final String FORMER = "__former";

  private final Lake lake;
  private final Map<String, TrendSettings.Items> terms;
  private final LocalDate seen;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param terms what each is about
   * @param seen last whole day when the values are told
   */
  TrendRows(Lake lake, Map<String, TrendSettings.Items> terms, LocalDate seen) {
    this.lake = lake;
    this.terms = terms;
    this.seen = seen;
  }

  /** Takes what a source told. */
  void add(TrendSettings.Source source, List<TrendSignal> signals) {
    for (TrendSignal signal : signals) {
      TrendSettings.Items items = terms.get(signal.term());
      items.products().forEach(item -> add(source, signal, PRODUCT, item));
      items.categories().forEach(item -> add(source, signal, CATEGORY, item));
    }
  }

  private void add(TrendSettings.Source source, TrendSignal signal, String kind, String item) {
    LocalDate published = signal.day().plusDays(source.publishedAfterDays());
    LocalDate known =
        source.publishedAfterDays() >= 0 && published.isBefore(seen) ? published : seen;
    rows.add(
        RowFactory.create(
            source.name(),
            signal.term(),
            kind,
            item,
            Date.valueOf(signal.day()),
            Date.valueOf(known),
            signal.value()));
  }

  /**
   * Writes the values that differ from the last ones that were told of the same day; those stay
   * beside them.
   *
   * @return how many
   */
  long write() {
    if (rows.isEmpty()) {
      return 0;
    }
    Dataset<Row> told =
        lake.spark().createDataFrame(rows, Contracts.of(Table.TREND_SIGNALS).schema());
    SourceWrite write = new SourceWrite(lake, Mode.MERGE);
    if (!lake.exists(Table.TREND_SIGNALS)) {
      return write.rows(Table.TREND_SIGNALS, told);
    }
    Dataset<Row> former =
        lake.read(Table.TREND_SIGNALS)
            .groupBy(ABOUT.get(0), ABOUT.subList(1, ABOUT.size()).toArray(String[]::new))
            .agg(max_by(col(SIGNAL_VALUE), col(KNOWN_FROM)).as(FORMER));
    Dataset<Row> changed =
        told.join(former, CollectionConverters.asScala(ABOUT).toSeq(), "left")
            .where(col(FORMER).isNull().or(col(FORMER).notEqual(col(SIGNAL_VALUE))))
            // Of a value that is corrected nobody knew before.
            .withColumn(
                KNOWN_FROM,
                when(col(FORMER).isNull(), col(KNOWN_FROM)).otherwise(lit(Date.valueOf(seen))))
            .drop(FORMER);
    return write.rows(Table.TREND_SIGNALS, changed);
  }
}
