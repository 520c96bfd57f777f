package com.posmodern.ai.source.live;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class JudgedEventsTest {
  private static final LiveSettings SETTINGS = TestSettings.read().live();
  private static final Instant NOON = Instant.parse("2026-06-30T12:00:00Z");

  private static final String VIEW =
      """
      {"event_id":"0123456789abcdef","event_type":"product_viewed","version":1,\
      "occurred_at":"2026-06-30T08:59:59.5-03:00","customer_id":"C1","product_id":"P1"}""";
  private static final String SALE =
      """
      {"event_id":"0123456789abcdef","event_type":"sale_line","version":1,\
      "occurred_at":"2026-06-30T11:59:59Z","store_id":"S1","product_id":"P1",\
      "payload":{"sale_id":"R1","line_no":2,"quantity":1.250,"unit_price":3.5,"discount":0.10,"channel":"store"}}""";

  @Test
  void aViewIsARowOfInteractions() {
    assertThat(reasons(VIEW)).isEmpty();
    Row row = judge(VIEW).head();
    assertThat(row.<String>getAs(Columns.TABLE_NAME)).isEqualTo(Table.INTERACTIONS.toString());
    assertThat(row.<String>getAs(Columns.INTERACTION_ID)).isEqualTo("0123456789abcdef");
    assertThat(row.<String>getAs(Columns.KIND)).isEqualTo("view");
    assertThat(row.<String>getAs(Columns.CUSTOMER_ID)).isEqualTo("C1");
    assertThat(row.<Timestamp>getAs(Columns.OCCURRED_AT).toInstant())
        .isEqualTo(Instant.parse("2026-06-30T11:59:59.500Z"));
  }

  @Test
  void aSaleIsALineOfAReceiptToTheCent() {
    assertThat(reasons(SALE)).isEmpty();
    Row row = judge(SALE).head();
    assertThat(row.<String>getAs(Columns.TABLE_NAME)).isEqualTo(Table.SALES_LINES.toString());
    assertThat(row.<Integer>getAs(Columns.LINE_NO)).isEqualTo(2);
    assertThat(row.<BigDecimal>getAs(Columns.QUANTITY)).isEqualTo(new BigDecimal("1.250"));
    assertThat(row.<BigDecimal>getAs(Columns.UNIT_PRICE)).isEqualTo(new BigDecimal("3.50"));
    assertThat(row.<String>getAs(Columns.CUSTOMER_ID)).isNull();
    assertThat(row.<String>getAs(JudgedEvents.KEY)).isEqualTo("R1\u001f2");
  }

  @Test
  void whatIsWrongIsSaid() {
    Map<String, List<String>> cases = new TreeMap<>();
    cases.put("oops", List.of("not_json"));
    cases.put("[" + VIEW + "]", List.of("not_json"));
    cases.put(VIEW.replace("\"version\":1", "\"version\":"), List.of("not_json"));
    cases.put(VIEW + VIEW, List.of("several_on_a_line"));
    cases.put(VIEW + " " + SALE, List.of("several_on_a_line"));
    cases.put(VIEW.replace("\"version\":1", "\"version\":2"), List.of("version_unknown"));
    cases.put(VIEW.replace("\"version\":1,", ""), List.of("version_unknown"));
    cases.put(VIEW.replace("product_viewed", "product_licked"), List.of("event_type_unknown"));
    cases.put(VIEW.replace("product_viewed", "PRODUCT_VIEWED"), List.of("event_type_unknown"));
    cases.put(VIEW.replace("0123456789abcdef", "ana@example.org"), List.of("event_id_form"));
    cases.put(VIEW.replace("0123456789abcdef", ""), List.of("event_id_form"));
    cases.put(VIEW.replace("-03:00", ""), List.of("occurred_at_form"));
    cases.put(VIEW.replace(".5-", ".123456789-"), List.of());
    cases.put(VIEW.replace(".5-", ".1234567891-"), List.of("occurred_at_form"));
    cases.put(VIEW.replace("06-30T", "06-31T"), List.of("occurred_at_form"));
    cases.put(VIEW.replace("T08:59", "T09:11"), List.of("from_the_future"));
    cases.put(VIEW.replace("06-30T", "06-28T"), List.of("too_late"));
    cases.put(VIEW.replace("\"C1\"", "null"), List.of("customer_id_present"));
    cases.put(VIEW.replace("\"P1\"", "\" \""), List.of("product_id_present"));
    cases.put(SALE.replace("1.250", "\"one\""), List.of("quantity_form"));
    cases.put(SALE.replace("1.250", "1.2505"), List.of("quantity_form"));
    cases.put(SALE.replace("1.250", "1234567890.1"), List.of("quantity_form"));
    cases.put(SALE.replace("\"line_no\":2", "\"line_no\":2.5"), List.of("line_no_form"));
    cases.put(SALE.replace("1.250", "0"), List.of("quantity_not_zero", "discount_within_price"));
    cases.put(SALE.replace("\"store\"", "\"shop\""), List.of("channel_known"));
    cases.put(SALE.replace("\"line_no\":2", "\"line_no\":0"), List.of("line_no_in_range"));
    List<String> events = List.copyOf(cases.keySet());
    Map<String, List<String>> found = new TreeMap<>();
    List<Row> rows = judge(events.toArray(String[]::new)).select(Columns.REASONS).collectAsList();
    for (int at = 0; at < events.size(); at++) {
      found.put(events.get(at), rows.get(at).getList(0));
    }
    assertThat(found).isEqualTo(cases);
  }

  @Test
  void aTextMayHoldBracesAndFieldsThatNobodyKnowsAreLeftAlone() {
    String review =
        """
        {"event_id":"0123456789abcdef","event_type":"review_written","version":1,"a":{"b":[1]},\
        "occurred_at":"2026-06-30T11:59:59Z","product_id":"P1",\
        "payload":{"rating":4,"review_text":"} { \\" }{"}}""";
    assertThat(reasons(review)).isEmpty();
    assertThat(judge(review).head().<String>getAs(Columns.REVIEW_TEXT)).isEqualTo("} { \" }{");
  }

  @Test
  void theQuarantineNamesNobody() {
    String bad =
        """
        {"event_id":"+5511998765432","event_type":"review_written","version":1,\
        "occurred_at":"2026-06-30T11:59:59Z","customer_id":"C-secret","product_id":"P1",\
        "payload":{"rating":9,"review_text":"I am Ana"}}""";
    assertThat(reasons(bad)).containsExactly("event_id_form");
    Row row = judge(bad).head();
    assertThat(row.<String>getAs(Columns.EVENT_ID)).isNull();
    assertThat(row.<String>getAs(Columns.ROW_JSON))
        .contains("\"product_id\":\"P1\"", "\"place\":\"file-1\"")
        .doesNotContain("secret", "Ana", "5511");
  }

  @Test
  void whiteSpaceIsNoEvent() {
    assertThat(judge(" ", "", VIEW).count()).isEqualTo(1);
  }

  @Test
  void eventsThatTheTableHasAndRepeatedOnesAreNotNew() {
    Dataset<Row> judged =
        judge(VIEW, VIEW, VIEW.replace("abcdef", "ghijkl"), SALE, SALE.replace("1.250", "x"));
    Map<String, NewEvents.Found> found = NewEvents.found(judged);
    assertThat(found.get("source.interactions").events()).isEqualTo(3);
    assertThat(found.get("source.sales_lines").refused()).isEqualTo(1);
    Dataset<Row> table = judge(VIEW.replace("abcdef", "ghijkl"), VIEW.replace("abcdef", "mnopqr"));
    assertThat(
            NewEvents.of(
                    judged,
                    found,
                    each -> each == Table.INTERACTIONS ? Optional.of(table) : Optional.empty())
                .select(Columns.EVENT_ID, Columns.TABLE_NAME)
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[0123456789abcdef,source.interactions]", "[0123456789abcdef,source.sales_lines]");
  }

  @Test
  void minutesThatFollowEachOtherAreOneRange() {
    assertThat(NewEvents.ranges(List.of(1L, 2L, 3L, 7L)))
        .containsExactly(new long[] {1, 3}, new long[] {7, 7});
    List<Long> scattered = new ArrayList<>();
    for (long bucket = 0; bucket <= 66; bucket += 2) {
      scattered.add(bucket);
    }
    assertThat(NewEvents.ranges(scattered)).containsExactly(new long[] {0, 66});
  }

  private static List<String> reasons(String event) {
    return judge(event).select(Columns.REASONS).head().getList(0);
  }

  private static Dataset<Row> judge(String... events) {
    Dataset<Row> landed =
        SparkTest.session()
            .createDataset(List.of(events), Encoders.STRING())
            .toDF(LandedEvents.VALUE)
            .withColumn(LandedEvents.ARRIVED_AT, lit(Timestamp.from(NOON)))
            .withColumn(LandedEvents.PLACE, lit("file-1"));
    return JudgedEvents.of(landed, SETTINGS);
  }
}
