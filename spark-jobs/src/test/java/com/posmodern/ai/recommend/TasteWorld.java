package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;

import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A shop with planted taste: customers and products fall into groups, and customers mostly buy
 * within theirs, and each has a favourite of the group and a habit that no taste explains (after
 * Oryx's {@code FeaturesALSDataGenerator}).
 */
final class TasteWorld {
  static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  static final int GROUPS = 4;
  static final int PRODUCTS_PER_GROUP = 30;
  static final int PRODUCTS = GROUPS * PRODUCTS_PER_GROUP;
  private static final int DAYS = 120;

  private final Random random = new Random(7);
  private final List<Row> lines = new ArrayList<>();

  private TasteWorld() {}

  /** Sales lines as in accepted_sales, the columns that the room reads. */
  static Dataset<Row> sales(int customers) {
    TasteWorld world = new TasteWorld();
    for (int customer = 0; customer < customers; customer++) {
      world.shop(customer);
    }
    return SparkTest.session().createDataFrame(world.lines, salesSchema());
  }

  static StructType salesSchema() {
    return new StructType()
        .add(SALE_ID, DataTypes.StringType)
        .add(STORE_ID, DataTypes.StringType)
        .add(PRODUCT_ID, DataTypes.StringType)
        .add(CUSTOMER_ID, DataTypes.StringType)
        .add(BUSINESS_DATE, DataTypes.DateType)
        .add(QUANTITY, DataTypes.DoubleType)
        .add(UNIT_PRICE, DataTypes.DoubleType);
  }

  /**
   * As in source.products, the columns that the room reads; the last one was launched this week and
   * never sold. Each group has three categories.
   */
  static Dataset<Row> products() {
    List<Row> rows = new ArrayList<>();
    for (int product = 0; product < PRODUCTS; product++) {
      rows.add(productRow(product, groupOfProduct(product), null));
    }
    rows.add(productRow(PRODUCTS, 0, Date.valueOf(AS_OF.minusDays(3))));
    return SparkTest.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(PRODUCT_ID, DataTypes.StringType)
                .add(CATEGORY, DataTypes.StringType)
                .add(DEPARTMENT, DataTypes.StringType)
                .add(BRAND, DataTypes.StringType)
                .add(PRODUCT_NAME, DataTypes.StringType)
                .add(LIST_PRICE, DataTypes.createDecimalType(12, 2))
                .add(LAUNCHED_ON, DataTypes.DateType)
                .add(DISCONTINUED_ON, DataTypes.DateType));
  }

  private static Row productRow(int product, int group, Date launched) {
    return RowFactory.create(
        product(product),
        "category %d.%d".formatted(group, product % 3),
        "department " + group,
        "brand " + product % 2,
        "Product " + product,
        new BigDecimal("9.90"),
        launched,
        null);
  }

  static String customer(int number) {
    return "c%04d".formatted(number);
  }

  static String product(int number) {
    return "p%03d".formatted(number);
  }

  static int groupOfCustomer(int number) {
    return number % GROUPS;
  }

  static int groupOfProduct(int number) {
    return number / PRODUCTS_PER_GROUP;
  }

  private void shop(int customer) {
    int favourite = productOf(groupOfCustomer(customer));
    int habit = random.nextInt(PRODUCTS);
    int baskets = 6 + random.nextInt(8);
    for (int basket = 0; basket < baskets; basket++) {
      LocalDate day = AS_OF.minusDays(random.nextInt(DAYS));
      String sale = customer(customer) + "-" + basket;
      add(sale, customer, favourite, day);
      add(sale, customer, habit, day);
      for (int line = 0; line < 3; line++) {
        boolean own = random.nextDouble() < 0.9;
        add(
            sale,
            customer,
            productOf(own ? groupOfCustomer(customer) : random.nextInt(GROUPS)),
            day);
      }
    }
  }

  /** Squaring makes the group's first products the popular ones. */
  private int productOf(int group) {
    double draw = random.nextDouble();
    return group * PRODUCTS_PER_GROUP + (int) (draw * draw * PRODUCTS_PER_GROUP);
  }

  private void add(String sale, int customer, int product, LocalDate day) {
    lines.add(
        RowFactory.create(
            sale,
            "s" + customer % 2,
            product(product),
            customer(customer),
            Date.valueOf(day),
            1.0,
            9.9));
  }
}
