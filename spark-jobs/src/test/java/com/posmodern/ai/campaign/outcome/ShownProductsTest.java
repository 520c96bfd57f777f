package com.posmodern.ai.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Showings from 20 May to 16 June count, each with fourteen days for an answer. */
class ShownProductsTest {
  private static final ShownProducts SHOWN = at("UTC");

  private static final Dataset<Row> INTERACTIONS =
      sql(
          "SELECT customer_id, product_id, concat('recommendation_', kind) AS kind,"
              + " cast(at AS timestamp) AS occurred_at FROM VALUES"
              // Twice, and followed the second time: one pair.
              + " ('ann', 'tea', 'shown', '2025-06-01 10:00:00'),"
              + " ('ann', 'tea', 'shown', '2025-06-10 10:00:00'),"
              + " ('ann', 'tea', 'taken', '2025-06-10 10:00:01'),"
              // Followed before it was shown, and after more than fourteen days.
              + " ('ben', 'tea', 'taken', '2025-06-02 09:00:00'),"
              + " ('ben', 'tea', 'shown', '2025-06-02 10:00:00'),"
              + " ('ben', 'tea', 'taken', '2025-06-17 10:00:00'),"
              + " ('cid', 'rum', 'shown', '2025-06-03 10:00:00'),"
              // Answers may still come; too long ago; nothing that was shown.
              + " ('dot', 'tea', 'shown', '2025-06-17 00:00:00'),"
              + " ('eve', 'tea', 'shown', '2025-05-19 23:59:59'),"
              + " ('fay', 'tea', 'taken', '2025-06-05 10:00:00')"
              + " AS t(customer_id, product_id, kind, at)");

  /** Of ann the newest list before the showing holds; the list of cid is too old by then. */
  private static final Dataset<Row> LISTS =
      sql(
          "SELECT * FROM VALUES (date'2025-05-30', 'ann', 'tea', 9, false), (date'2025-05-31',"
              + " 'ann', 'tea', 2, true), (date'2025-06-01', 'ann', 'tea', 12, true),"
              + " (date'2025-06-01', 'ben', 'tea', 7, false), (date'2025-05-26', 'cid', 'rum', 1,"
              + " false) AS t(as_of_date, customer_id, product_id, rank, bought_before)");

  private static final Dataset<Row> SALES =
      sql(
          "SELECT customer_id, product_id, cast(at AS timestamp) AS sold_at, cast(at AS date) AS"
              + " business_date, quantity, revenue FROM VALUES"
              // Before the showing, twice within the days, after them, and given back.
              + " ('ann', 'tea', '2025-06-01 09:00:00', 1D, 100D),"
              + " ('ann', 'tea', '2025-06-01 10:05:00', 1D, 3D),"
              + " ('ann', 'tea', '2025-06-15 20:00:00', 1D, 4D),"
              + " ('ann', 'tea', '2025-06-16 08:00:00', 1D, 100D),"
              + " ('ann', 'tea', '2025-06-02 08:00:00', -1D, -3D),"
              + " ('ben', 'milk', '2025-06-02 11:00:00', 1D, 100D),"
              + " ('cid', 'rum', '2025-06-04 11:00:00', 1D, 20D)"
              + " AS t(customer_id, product_id, at, quantity, revenue)");

  @Test
  void aPairCountsOnceAtItsPlaceWithTheAnswersInTime() {
    assertThat(texts(SHOWN.of(INTERACTIONS, LISTS, SALES)))
        .containsExactlyInAnyOrder(
            "ALL 3 3 1 2 27.0",
            "PLACE_1_TO_5 1 1 1 1 7.0",
            "PLACE_6_TO_10 1 1 0 0 0.0",
            "NOT_IN_LIST 1 1 0 1 20.0",
            "BOUGHT_BEFORE 1 1 1 1 7.0",
            "TO_DISCOVER 1 1 0 0 0.0",
            "UNKNOWN 1 1 0 1 20.0");
  }

  @Test
  void whereNothingWasShownTheRowOfAllSaysSo() {
    Dataset<Row> nothing = SHOWN.of(INTERACTIONS.limit(0), LISTS, SALES);
    assertThat(texts(nothing)).containsExactly("ALL 0 0 0 0 0.0");
    Row all = RecommendationResults.of(nothing, Optional.empty()).first();
    assertThat(all.isNullAt(all.fieldIndex("click_rate"))).isTrue();
    assertThat(all.isNullAt(all.fieldIndex("incremental_revenue"))).isTrue();
  }

  @Test
  void whatIsShownInTheEveningIsOfThatDaysList() {
    Dataset<Row> evening =
        sql(
            "SELECT 'ann' AS customer_id, 'tea' AS product_id, 'recommendation_shown' AS kind,"
                + " timestamp'2025-06-02 01:00:00' AS occurred_at");

    // In São Paulo it is ten in the evening of the first, when the list of the 31st of May holds.
    assertThat(texts(at("America/Sao_Paulo").of(evening, LISTS, SALES)))
        .contains("PLACE_1_TO_5 1 1 0 1 4.0", "BOUGHT_BEFORE 1 1 0 1 4.0");
    Dataset<Row> newest = LISTS.where("as_of_date < date'2025-06-01'");
    assertThat(texts(at("America/Sao_Paulo").of(evening, newest, SALES)))
        .isEqualTo(texts(at("America/Sao_Paulo").of(evening, LISTS, SALES)));
  }

  private static ShownProducts at(String zone) {
    return new ShownProducts(LocalDate.of(2025, 6, 30), 28, 14, zone);
  }

  private static java.util.List<String> texts(Dataset<Row> rows) {
    return rows
        .selectExpr("concat_ws(' ', list_part, customers, shown, clicked, bought, revenue) AS text")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
