import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.SparkSessions;
import com.posmodern.ai.privacy.PseudonymKey;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a lake of many customers from a night of few: {@code CustomerCopies <settings> <customers>}
 * appends copies of every customer with features, under other ids, to the tables that campaigns
 * read, until there are as many as stated.
 */
public final class CustomerCopies {
  private static final String RAW = "copied_raw";
  private static final String KNOWN = "copied_known";
  private static final String COPY = "copied_number";
  private static final String NEW_RAW = "copied_to_raw";
  private static final String NEW_KNOWN = "copied_to_known";

  public static void main(String[] arguments) {
    Settings settings = Settings.read(Path.of(arguments[0]));
    long wanted = Long.parseLong(arguments[1]);
    PseudonymKey key = PseudonymKey.of(System.getenv("POS_PSEUDONYM_KEY"));
    SparkSession spark = SparkSessions.open(settings.spark());
    Lake lake = new Lake(spark, settings.lake());
    Dataset<Row> known = lake.read(Table.CUSTOMER_FEATURES).select(col("customer_id").as(KNOWN));
    long have = known.count();
    long each = (wanted + have - 1) / have;
    Dataset<Row> ids =
        lake.read(Table.CUSTOMERS)
            .select(col("customer_id").as(RAW))
            .distinct()
            .withColumn(KNOWN, key.pseudonym(col(RAW)))
            .join(known, KNOWN)
            .crossJoin(broadcast(spark.range(1, each).toDF(COPY)))
            .withColumn(NEW_RAW, concat_ws("~", col(RAW), col(COPY)))
            .withColumn(NEW_KNOWN, key.pseudonym(col(NEW_RAW)))
            .cache();
    ids.count();
    append(lake, Table.CUSTOMERS, ids, RAW, NEW_RAW);
    append(lake, Table.CUSTOMER_FEATURES, ids, KNOWN, NEW_KNOWN);
    append(lake, Table.ACCEPTED_SALES, ids, KNOWN, NEW_KNOWN);
    append(lake, Table.PRODUCT_RECOMMENDATIONS, ids, KNOWN, NEW_KNOWN);
    System.out.printf(
        "%,d customers, each of %,d of the sample %d times; %,d lines%n",
        lake.read(Table.CUSTOMER_FEATURES).count(),
        have,
        each,
        lake.read(Table.ACCEPTED_SALES).count());
    spark.stop();
  }

  private static void append(Lake lake, Table table, Dataset<Row> ids, String from, String to) {
    Dataset<Row> rows = lake.read(table);
    Dataset<Row> copies =
        rows.join(ids.select(from, to, COPY), rows.col("customer_id").equalTo(col(from)))
            .withColumn("customer_id", col(to));
    if (table == Table.ACCEPTED_SALES) {
      copies = copies.withColumn("sale_id", concat_ws("~", col("sale_id"), col(COPY)));
    }
    copies
        .drop(from, to, COPY)
        .write()
        .format("delta")
        .mode("append")
        .save(lake.location(table));
  }
}
