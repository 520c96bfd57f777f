package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EMAIL;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MARKETING_CONSENT;
import static com.posmodern.ai.contract.Columns.PHONE;
import static com.posmodern.ai.contract.Columns.PREFERRED_STORE_ID;
import static com.posmodern.ai.contract.Columns.PROBABILITY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.TELEGRAM_CHAT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One row per known customer with all that campaigns ask about them. What is not known is null or
 * empty, and whoever is asked about it is then left out.
 */
public final class People {
  /** Whether the customer is of age; null when no age is on record. */
  public static final String OF_AGE = "of_age";

  /** Month of the birthday, 1 to 12; null when unknown. */
  public static final String BIRTHDAY_MONTH = "birthday_month";

  /** Segment of customers on a night that has none. */
  public static final int NO_SEGMENT = 0;

  static final String LAPSE = "LAPSE";
  static final String RESPOND = "RESPOND";
  static final String BUY_CATEGORY = "BUY_CATEGORY";
  static final String HAS_PHONE = "has_phone";
  static final String HAS_EMAIL = "has_email";
  static final String HAS_TELEGRAM_CHAT = "has_telegram_chat";
  static final String PROPENSITIES = "propensities";
  static final String WANTED = "wanted";
  static final String MEMBER_OF = "member_of";
  static final String RECENT = "recent";

  /** Revenue that a message brings; null where it is not known. */
  public static final String UPLIFT = "uplift";

  private static final String[] KEY = {CUSTOMER_ID};

  private People() {}

  /**
   * The tables that people are made of.
   *
   * @param features {@code features.customer_features}
   * @param segments {@code results.customer_segments}
   * @param customers {@code source.customers} as jobs see it, whole: a broken row may be the one
   *     that withholds consent. Without it nobody has consented
   * @param ages customer_id, {@link #OF_AGE}, {@link #BIRTHDAY_MONTH}
   * @param propensities {@code results.customer_propensity}
   * @param recommendations {@code results.product_recommendations}, with the products' category
   * @param earlier {@code results.campaign_audience} of the nights before
   * @param uplift customer_id and {@link #UPLIFT}; empty while audiences are ordered by propensity
   */
  public record Facts(
      Dataset<Row> features,
      Optional<Dataset<Row>> segments,
      Optional<Dataset<Row>> customers,
      Optional<Dataset<Row>> ages,
      Optional<Dataset<Row>> propensities,
      Optional<Dataset<Row>> recommendations,
      Optional<Dataset<Row>> earlier,
      Optional<Dataset<Row>> uplift) {}

  static Dataset<Row> of(Facts facts, List<Campaign> campaigns, LocalDate asOf, int capDays) {
    Dataset<Row> people =
        facts.features().select(CUSTOMER_ID, RECENCY, FREQUENCY, BASKET_VALUE, PREFERRED_STORE_ID);
    people =
        with(
            people,
            facts.segments().map(rows -> rows.select(CUSTOMER_ID, SEGMENT_ID, SEGMENT_NAME)),
            columns(SEGMENT_ID, "int", SEGMENT_NAME, "string"));
    people =
        with(
            people,
            facts.customers().map(People::consents),
            columns(
                MARKETING_CONSENT,
                "boolean",
                HAS_PHONE,
                "boolean",
                HAS_EMAIL,
                "boolean",
                HAS_TELEGRAM_CHAT,
                "boolean"));
    people =
        with(
            people,
            facts.ages().map(rows -> rows.select(CUSTOMER_ID, OF_AGE, BIRTHDAY_MONTH)),
            columns(OF_AGE, "boolean", BIRTHDAY_MONTH, "int"));
    people =
        with(
            people,
            facts.propensities().map(rows -> propensities(rows, campaigns)),
            columns(PROPENSITIES, "map<string,double>"));
    people =
        with(
            people,
            facts.recommendations().map(rows -> wanted(rows, campaigns)),
            columns(WANTED, "array<string>"));
    people = with(people, facts.uplift(), columns(UPLIFT, "double"));
    return with(
            people,
            facts.earlier().map(rows -> memberships(rows, asOf, capDays)),
            columns(MEMBER_OF, "array<string>", RECENT, "bigint"))
        .withColumn(SEGMENT_ID, coalesce(col(SEGMENT_ID), lit(NO_SEGMENT)))
        .withColumn(SEGMENT_NAME, coalesce(col(SEGMENT_NAME), lit("")))
        .withColumn(RECENT, coalesce(col(RECENT), lit(0L)));
  }

  /** A customer with several rows consents in all of them or not at all. */
  private static Dataset<Row> consents(Dataset<Row> customers) {
    return customers
        .groupBy(col(CUSTOMER_ID))
        .agg(
            min(coalesce(col(MARKETING_CONSENT), lit(false))).as(MARKETING_CONSENT),
            max(col(PHONE).isNotNull()).as(HAS_PHONE),
            max(col(EMAIL).isNotNull()).as(HAS_EMAIL),
            max(col(TELEGRAM_CHAT_ID).isNotNull()).as(HAS_TELEGRAM_CHAT));
  }

  /** Only what some campaign asks for, so that a customer's map stays small. */
  private static Dataset<Row> propensities(Dataset<Row> rows, List<Campaign> campaigns) {
    Object[] categories =
        campaigns.stream().flatMap(c -> c.audience().categories().stream()).distinct().toArray();
    Column key =
        when(col(KIND).equalTo(BUY_CATEGORY), functions.concat(col(KIND), lit("/"), col(CATEGORY)))
            .otherwise(col(KIND));
    return rows.where(col(KIND).notEqual(BUY_CATEGORY).or(col(CATEGORY).isin(categories)))
        .groupBy(col(CUSTOMER_ID), key.as(KIND))
        .agg(first(col(PROBABILITY)).as(PROBABILITY))
        .groupBy(col(CUSTOMER_ID))
        .agg(
            map_from_entries(functions.collect_list(functions.struct(col(KIND), col(PROBABILITY))))
                .as(PROPENSITIES));
  }

  /** Key of {@link #PROPENSITIES}. */
  static String ofCategory(String category) {
    return BUY_CATEGORY + "/" + category;
  }

  /** Offered products, and categories, that are recommended to the customer. */
  private static Dataset<Row> wanted(Dataset<Row> recommendations, List<Campaign> campaigns) {
    Object[] products =
        campaigns.stream().flatMap(c -> c.offer().products().stream()).distinct().toArray();
    Object[] categories =
        campaigns.stream().flatMap(c -> c.audience().categories().stream()).distinct().toArray();
    return recommendations
        .select(
            col(CUSTOMER_ID),
            functions
                .explode(
                    array(
                        when(col(PRODUCT_ID).isin(products), col(PRODUCT_ID)),
                        when(
                            col(CATEGORY).isin(categories),
                            functions.concat(lit(BUY_CATEGORY + "/"), col(CATEGORY)))))
                .as(WANTED))
        .where(col(WANTED).isNotNull())
        .groupBy(col(CUSTOMER_ID))
        .agg(collect_set(col(WANTED)).as(WANTED));
  }

  /**
   * Customers who got no message count like the others: otherwise they would be free for the next
   * campaign, and the arms would differ by more than one message.
   */
  private static Dataset<Row> memberships(Dataset<Row> earlier, LocalDate asOf, int capDays) {
    Column before = col(AS_OF_DATE).lt(lit(Date.valueOf(asOf)));
    Column lately = col(AS_OF_DATE).gt(lit(Date.valueOf(asOf.minusDays(capDays))));
    return earlier
        .where(before)
        .groupBy(col(CUSTOMER_ID))
        .agg(collect_set(col(CAMPAIGN_ID)).as(MEMBER_OF), count(when(lately, col(ARM))).as(RECENT));
  }

  private static Column[] columns(String... namesAndTypes) {
    Column[] columns = new Column[namesAndTypes.length / 2];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = lit(null).cast(namesAndTypes[2 * i + 1]).as(namesAndTypes[2 * i]);
    }
    return columns;
  }

  private static Dataset<Row> with(
      Dataset<Row> people, Optional<Dataset<Row>> more, Column[] otherwise) {
    if (more.isPresent()) {
      return people.join(more.get(), KEY, "left");
    }
    return people.select(
        Stream.concat(Stream.of(col("*")), Stream.of(otherwise)).toArray(Column[]::new));
  }
}
