import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What scripts/bench-extract compares with: {@code PlainJdbc <url> <folder>} reads the lines of
 * conf/extract/shop.yaml by Spark's own JDBC reader, by equal ranges of the time of sale, in two
 * connections, and writes them as they are into a Delta table.
 */
public final class PlainJdbc {
  private static final String LINES =
      "(SELECT l.sale_id, l.line_no, s.store_id, l.product_id, s.customer_id, s.sold_at, l.quantity,"
          + " l.price, l.discount, s.channel, s.cancelled FROM sale_line l JOIN sale s USING (sale_id))"
          + " AS lines";
  private static final int RANGES = 40;

  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("fetchsize", "10000");
    properties.setProperty("partitionColumn", "sold_at");
    properties.setProperty("lowerBound", "2024-01-01 00:00:00");
    properties.setProperty("upperBound", "2026-01-01 00:00:00");
    properties.setProperty("numPartitions", Integer.toString(RANGES));
    Dataset<Row> lines = spark.read().jdbc(arguments[0], LINES, properties);
    lines.write().format("delta").save(arguments[1]);
    System.out.printf("%,d rows%n", spark.read().format("delta").load(arguments[1]).count());
    spark.stop();
  }
}
