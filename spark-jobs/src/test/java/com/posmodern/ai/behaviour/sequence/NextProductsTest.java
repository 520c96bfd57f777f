package com.posmodern.ai.behaviour.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.BehaviourSettings.NextProductSettings;
import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class NextProductsTest {
  private static final LocalDate AS_OF = LocalDate.parse("2026-06-30");
  private static final NextProductSettings SETTINGS =
      new NextProductSettings(30, 4, 30, 1, 2, 1, 10, 28);
  private static final StructType LINE =
      new StructType()
          .add("sale_id", DataTypes.StringType)
          .add("line_no", DataTypes.IntegerType)
          .add("customer_id", DataTypes.StringType)
          .add("product_id", DataTypes.StringType)
          .add("quantity", DataTypes.IntegerType)
          .add("business_date", DataTypes.DateType);

  /** What follows from "x a b", "x a b", "x b", "b x" and "x c". */
  private static final Dataset<Row> LISTS = lists(baskets("x a b", "x a b", "x b", "b x", "x c"));

  @Test
  void aReceiptIsReadInTheOrderOfItsLinesAndEachProductOnce() {
    Sequences sequences = baskets("coffee bread coffee apple", "milk", "tea bread", "tea -bread");
    assertThat(sequences.order()).isEqualTo(Sequences.Order.SEEN);
    assertThat(products(sequences))
        .containsExactlyInAnyOrder(
            List.of("coffee", "bread", "apple"),
            List.of("milk"),
            List.of("tea", "bread"),
            List.of("tea"));
  }

  @Test
  void receiptsSortedByProductSayNothingAboutTheOrder() {
    List<String> sorted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sorted.add("apple bread coffee milk tea");
    }
    Sequences sequences = baskets(sorted.toArray(String[]::new));
    assertThat(sequences.order()).isEqualTo(Sequences.Order.NONE);
    assertThat(products(sequences))
        .allSatisfy(one -> assertThat(one).hasSize(4).doesNotHaveDuplicates());
    assertThat(products(sequences)).doesNotHaveDuplicates();
    // Without an order there is no second one.
    assertThat(lists(sequences).where("previous_product_id <> 'ANY'").isEmpty()).isTrue();
  }

  @Test
  void aSessionEndsWhenNothingHappensForHalfAnHour() {
    Dataset<Row> seen =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    seen("1", "ana", "a", "view", "10:00:00"),
                    seen("2", "ana", "b", "recommendation_shown", "10:05:00"),
                    seen("3", "ana", "c", "cart", "10:30:00"),
                    seen("4", "ana", "d", "click", "11:00:01"),
                    seen("5", "bia", "a", "view", "10:10:00")),
                new StructType()
                    .add("interaction_id", DataTypes.StringType)
                    .add("customer_id", DataTypes.StringType)
                    .add("product_id", DataTypes.StringType)
                    .add("kind", DataTypes.StringType)
                    .add("occurred_at", DataTypes.TimestampType));
    assertThat(products(Sequences.ofSessions(seen, AS_OF, SETTINGS)))
        .containsExactlyInAnyOrder(List.of("a", "c"), List.of("d"), List.of("a"));
  }

  /**
   * Worked by hand. Of "x a b", "x a b", "x b", "b x", "x c": x occurs 5 times, b 4, a 2, c 1.
   *
   * <p>x to b: twice two places later in a basket of three, once the next and once before it in a
   * basket of two: 2 (0.7 + 0.3) / √2 + (1 + 0.3) / 1 + 0.3 / 1.
   */
  @Test
  void theFirstOrderCountsStepsAndWhatIsTogether() {
    Row toB = one("ANY", "x", "b");
    double weight = 2 * (0.7 + 0.3) / Math.sqrt(2) + 1.3 + 0.3;
    assertThat(score(toB))
        .isCloseTo(weight / Math.pow(5 + 5, 0.7) / Math.pow(4 + 5, 0.3), within(1e-8));
    assertThat(toB.<Long>getAs("support")).isEqualTo(4);
    assertThat(toB.<Double>getAs("share")).isCloseTo(0.8, within(1e-12));
    // The start: b is in four of five baskets.
    assertThat(score(one("ANY", "ANY", "b"))).isCloseTo(0.8, within(1e-8));
    assertThat(one("ANY", "ANY", "x").<Integer>getAs("rank")).isEqualTo(1);
  }

  /**
   * After x and a comes b, twice in two: 2 / √2, damped by 2 and 4, and the lists of both products.
   */
  @Test
  void theSecondOrderAddsTheListsOfBothProducts() {
    Row both = one("x", "a", "b");
    double own = 2 / Math.sqrt(2) / Math.pow(2 + 5, 0.7) / Math.pow(4 + 5, 0.3);
    assertThat(score(both))
        .isCloseTo(
            own + score(one("ANY", "a", "b")) + NextProducts.RECENCY * score(one("ANY", "x", "b")),
            within(1e-8));
    assertThat(both.<Long>getAs("support")).isEqualTo(2);
    assertThat(both.<Double>getAs("share")).isEqualTo(1.0);
    // c came after x alone: from the list of x, without support by both.
    assertThat(one("x", "a", "c").<Long>getAs("support")).isZero();
    assertThat(LISTS.where("next_product_id in (product_id, previous_product_id)").isEmpty())
        .isTrue();
  }

  @Test
  void whatIsNotSoldAnyMoreIsNotOffered() {
    Sequences sequences = baskets("x a b", "x a b", "b x");
    NextProductSettings strict = new NextProductSettings(30, 4, 30, 1, 2, 1, 10, 1);
    LocalDate later = AS_OF.plusDays(5);
    assertThat(found(NextProducts.of(sequences, offered("a", "b", "x"), later, strict)).isEmpty())
        .isTrue();
    assertThat(
            found(NextProducts.of(sequences, offered("a"), AS_OF, SETTINGS))
                .select("next_product_id")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("a");
  }

  @Test
  void whatOneCustomerBuysAgainAndAgainIsInNoList() {
    NextProductSettings three = new NextProductSettings(30, 4, 30, 1, 2, 3, 10, 28);
    Sequences sequences =
        baskets("ana: x a b", "ana: x a b", "ana: x a b", "ana: c x", "eva: x b", "x b", "x tea");
    Dataset<Row> lists =
        found(NextProducts.of(sequences, offered("a", "b", "c", "x"), AS_OF, three));
    // b followed x at Ana, at Eva and on a receipt that nobody's name is on; a and c at Ana alone.
    assertThat(
            lists
                .where("product_id = 'x'")
                .select("next_product_id")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("b");
    assertThat(lists.where("next_product_id in ('a', 'c')").isEmpty()).isTrue();
    assertThat(lists.where("previous_product_id <> 'ANY'").isEmpty()).isTrue();
  }

  private static double score(Row row) {
    return row.<Double>getAs("score");
  }

  private static Row one(String previous, String last, String next) {
    List<Row> found =
        LISTS
            .where(
                "previous_product_id = '%s' and product_id = '%s' and next_product_id = '%s'"
                    .formatted(previous, last, next))
            .collectAsList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Dataset<Row> lists(Sequences sequences) {
    return found(
        NextProducts.of(
            sequences,
            offered("a", "b", "c", "x", "apple", "bread", "coffee", "milk", "tea"),
            AS_OF,
            SETTINGS));
  }

  /** The rows themselves, since each question about a dataset computes it again. */
  private static Dataset<Row> found(NextProducts next) {
    try (next) {
      Dataset<Row> lists = next.lists();
      return SparkTest.session().createDataFrame(lists.collectAsList(), lists.schema());
    }
  }

  private static Dataset<Row> offered(String... products) {
    return SparkTest.session()
        .createDataset(List.of(products), Encoders.STRING())
        .toDF("product_id");
  }

  /** Receipts as words; a minus is a return, a colon comes after the customer. */
  private static Sequences baskets(String... receipts) {
    List<Row> lines = new ArrayList<>();
    for (int i = 0; i < receipts.length; i++) {
      int line = 0;
      int colon = receipts[i].indexOf(':');
      String customer = colon < 0 ? null : receipts[i].substring(0, colon);
      for (String product : receipts[i].substring(colon + 1).strip().split(" ", -1)) {
        boolean returned = product.startsWith("-");
        lines.add(
            RowFactory.create(
                "sale " + i,
                ++line,
                customer,
                returned ? product.substring(1) : product,
                returned ? -1 : 1,
                Date.valueOf(AS_OF)));
      }
    }
    return Sequences.ofBaskets(SparkTest.session().createDataFrame(lines, LINE), AS_OF, SETTINGS);
  }

  private static Row seen(String id, String customer, String product, String kind, String time) {
    return RowFactory.create(
        id, customer, product, kind, Timestamp.from(Instant.parse("2026-06-30T" + time + "Z")));
  }

  private static List<List<String>> products(Sequences sequences) {
    return sequences.rows().select("products").collectAsList().stream()
        .map(row -> row.<String>getList(0))
        .map(List::copyOf)
        .toList();
  }
}
