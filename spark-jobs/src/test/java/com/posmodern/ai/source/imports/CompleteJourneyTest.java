package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** A real retailer's year, where the data is at hand; it is no part of the repository. */
class CompleteJourneyTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path DATA = ROOT.resolve("../shared/data/complete-journey").normalize();

  @Test
  void everyLineIsAccountedForAndRevenueIsWhatTheRetailerReceived() {
    assumeTrue(Files.isDirectory(DATA), "there is no real data at " + DATA);
    ImportMapping mapping = ImportMapping.read(ROOT.resolve("conf/import/complete-journey.yaml"));
    try (Conversion conversion =
        Importer.convert(
            SparkTest.session(),
            mapping,
            Map.of(
                "transactions", DATA.resolve("transactions_sample.csv.gz").toString(),
                "products", DATA.resolve("products.csv.gz").toString()))) {
      ImportCounts sales = counts(conversion, Table.SALES_LINES);
      assertThat(sales.rowsIn()).isEqualTo(75_000);
      // R wrote one basket's number as 4.0128e+10: which basket it was cannot be told any more.
      assertThat(sales.reasons())
          .containsOnly(
              entry("quantity_not_zero", 416L),
              entry("basket_id_scientific_notation", 1L),
              entry("sale_id_present", 1L));
      ImportCounts products = counts(conversion, Table.PRODUCTS);
      assertThat(products.accepted()).isEqualTo(92_330);
      // Likewise product 9e+05.
      assertThat(products.reasons())
          .containsOnly(
              entry("product_id_scientific_notation", 1L), entry("product_id_present", 1L));
      assertThat(counts(conversion, Table.STORES).accepted()).isEqualTo(293);
      Dataset<Row> accepted = conversion.tables().get(0).accepted();
      BigDecimal revenue =
          accepted
              .select(
                  sum(col("quantity").multiply(col("unit_price")).minus(col("discount")))
                      .cast("decimal(12,2)"))
              .head()
              .getDecimal(0);
      // The file's sales_value; a price in whole cents moves it by less than a thousandth.
      assertThat(revenue.doubleValue()).isCloseTo(233_935.24, Percentage.withPercentage(0.1));
    }
  }

  private static ImportCounts counts(Conversion conversion, Table table) {
    return conversion.tables().stream()
        .map(ConvertedTable::counts)
        .filter(counts -> counts.table() == table)
        .findFirst()
        .orElseThrow();
  }
}
