package com.posmodern.ai.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentimentTest {
  private static final StructType TEXTS =
      new StructType()
          .add("product_id", DataTypes.StringType)
          .add("category", DataTypes.StringType)
          .add("store_id", DataTypes.StringType)
          .add("month", DataTypes.StringType)
          .add("stars", DataTypes.IntegerType)
          .add("text", DataTypes.StringType)
          .add("draw", DataTypes.LongType);

  @Test
  void aNegationChangesTheWordsWithinItsReach() {
    assertThat(Words.of("Não é muito bom, mas BARATO"))
        .containsExactly("nao", "not_e", "not_muito", "not_bom", "mas", "barato");
    assertThat(Words.of("Muuuuito bom!")).containsExactly("muito", "bom");
    assertThat(Words.of("I don't like it")).containsExactly("i", "dont", "not_like", "not_it");
  }

  @ParameterizedTest
  @CsvSource({
    "Muito bom e fresco, POSITIVE",
    "Não gostei, NEGATIVE",
    "Nada ruim, POSITIVE",
    "Veio ontem, NEUTRAL",
    "Péssimo! Chegou vencido, NEGATIVE",
    "not good, NEGATIVE",
    "really great, POSITIVE"
  })
  void theLexiconKnowsNegations(String text, Sentiment sentiment) {
    assertThat(Lexicon.of(text)).isEqualTo(sentiment);
  }

  @Test
  void macroF1IsTheMeanOverTheClassesThatOccur() {
    // Negative: 3 right, 1 said positive. Positive: 4 right, 2 said negative. No neutral one.
    long[][] confusion = {{3, 0, 1}, {0, 0, 0}, {2, 0, 4}};
    double negative = 2.0 * 3 / (5 + 4);
    double positive = 2.0 * 4 / (5 + 6);
    assertThat(SentimentTraining.macroF1(confusion))
        .isCloseTo((negative + positive) / 2, within(1e-12));
  }

  /** Words that no lexicon knows decide, and a negation turns them. */
  @Test
  void learnsTheRetailersOwnWordsAndCountsThem() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      boolean content = i % 2 == 0;
      boolean negated = i % 3 == 0;
      String word = content == negated ? "borogodo" : "xinfrim";
      rows.add(
          RowFactory.create(
              "p" + i % 2,
              "c",
              null,
              i < 300 ? "2026-05" : "2026-06",
              content ? 5 : 1,
              (negated ? "não achei " : "achei ") + word,
              (long) i * 7919));
    }
    Dataset<Row> texts = SparkTest.session().createDataFrame(rows, TEXTS);
    SentimentTraining.Trained trained =
        SentimentTraining.train(texts.select("text", "stars", "draw"));
    assertThat(trained.evaluation().standIn()).isEmpty();
    assertThat(f1(trained, "hashed_words")).isGreaterThan(0.98);
    assertThat(f1(trained, "lexicon")).isLessThan(0.5);
    Dataset<Row> counted = SentimentTables.of(texts, trained.model());
    assertThat(Arrays.asList(counted.columns())).doesNotContain("text");
    Row product =
        counted.where("level = 'PRODUCT' AND subject = 'p0' AND month = '2026-06'").head();
    assertThat(product.<Long>getAs("texts")).isEqualTo(150);
    assertThat(product.<Double>getAs("positive_share")).isEqualTo(1.0);
    assertThat(counted.where("level = 'ALL' AND month = 'ALL'").head().<Double>getAs("mean_rating"))
        .isEqualTo(3.0);
  }

  @Test
  void withoutEnoughRatedReviewsTheLexiconClassifies() {
    Dataset<Row> texts =
        SparkTest.session()
            .createDataFrame(
                List.of(RowFactory.create("p", "c", "s", "2026-06", 5, "Muito bom", 1L)), TEXTS);
    SentimentTraining.Trained trained =
        SentimentTraining.train(texts.select("text", "stars", "draw"));
    assertThat(trained.evaluation().standIn()).contains("lexicon");
    assertThat(SentimentModel.ofBytes(trained.model()).isLexicon()).isTrue();
    Dataset<Row> replies =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('party', '2026-06', 'Adorei, muito bom'),"
                    + " ('party', '2026-06', 'Não gostei'), ('party', '2026-07', 'Chego ontem')"
                    + " AS t(campaign_id, month, text)");
    Dataset<Row> counted = SentimentTables.ofReplies(replies, trained.model());
    assertThat(Arrays.asList(counted.columns())).doesNotContain("text");
    assertThat(
            counted
                .selectExpr(
                    "concat_ws(' ', level, subject, month, texts, positive_share, negative_share,"
                        + " coalesce(CAST(mean_rating AS STRING), 'no stars'))")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "CAMPAIGN party 2026-06 2 0.5 0.5 no stars",
            "CAMPAIGN party 2026-07 1 0.0 0.0 no stars",
            "CAMPAIGN party ALL 3 0.333333 0.333333 no stars");
  }

  private static double f1(SentimentTraining.Trained trained, String candidate) {
    return trained.evaluation().metrics().stream()
        .filter(metric -> metric.candidate().equals(candidate))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }
}
