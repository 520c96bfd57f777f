package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.recommend.TasteWorld.AS_OF;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Dataset<Row> SALES =
      new SalesRows()
          .basket("s", null, AS_OF.minusDays(2), "sold", "ends-today", "ends-tomorrow")
          .basket("s", null, AS_OF.minusDays(28), "not-sold-lately")
          .returned("s", null, AS_OF.minusDays(1), "not-sold-lately")
          .basket("s", null, AS_OF.plusDays(1), "not-sold-lately", "never-sold")
          .dataset();

  @Test
  void offersWhatIsOnSaleAndSoldLatelyOrNew() {
    assertThat(offered(Optional.empty())).containsExactlyInAnyOrder("sold", "ends-tomorrow", "new");
  }

  @Test
  void inventoryDecidesWhereItKnowsTheProduct() {
    Dataset<Row> inventory =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    stock("s", "sold", AS_OF.minusDays(1), "5"),
                    stock("s", "sold", AS_OF, "0"),
                    stock("s", "not-sold-lately", AS_OF, "0"),
                    stock("t", "not-sold-lately", AS_OF.minusDays(1), "2"),
                    stock("s", "ends-today", AS_OF, "9"),
                    stock("s", "sold", AS_OF.plusDays(1), "9")),
                new StructType()
                    .add(STORE_ID, DataTypes.StringType)
                    .add(PRODUCT_ID, DataTypes.StringType)
                    .add(BUSINESS_DATE, DataTypes.DateType)
                    .add(ON_HAND, DataTypes.createDecimalType(12, 3)));
    assertThat(offered(Optional.of(inventory)))
        .containsExactlyInAnyOrder("not-sold-lately", "ends-tomorrow", "new");
  }

  private static Set<String> offered(Optional<Dataset<Row>> inventory) {
    Dataset<Row> products =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    product("sold", null, null),
                    product("never-sold", null, null),
                    product("not-sold-lately", null, null),
                    product("ends-today", null, AS_OF),
                    product("ends-tomorrow", null, AS_OF.plusDays(1)),
                    product("new", AS_OF.minusDays(1), null),
                    product("later", AS_OF.plusDays(2), null)),
                TasteWorld.products().schema());
    return Catalogue.of(
            products, ProductLife.of(SALES, AS_OF), inventory, AS_OF, TasteSettings.RULES)
        .where(col(Catalogue.OFFERED))
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs(PRODUCT_ID))
        .collect(toSet());
  }

  private static Row product(String id, LocalDate launched, LocalDate discontinued) {
    return RowFactory.create(
        id,
        "category",
        "department",
        null,
        "name",
        new BigDecimal("5.00"),
        launched == null ? null : Date.valueOf(launched),
        discontinued == null ? null : Date.valueOf(discontinued));
  }

  private static Row stock(String store, String product, LocalDate day, String units) {
    return RowFactory.create(store, product, Date.valueOf(day), new BigDecimal(units));
  }
}
