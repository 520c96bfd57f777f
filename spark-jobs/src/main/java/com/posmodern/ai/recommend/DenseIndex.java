package com.posmodern.ai.recommend;

import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.error.PosException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers keys from 0 without gaps in the order of the key, as ALS and the matrix blocks require.
 *
 * <p>Range partitions are sorted and counted on the executors; the driver sees one count per
 * partition and no keys.
 */
public final class DenseIndex {
  /** Place of a customer in the factor matrix. */
  public static final String CUSTOMER_INDEX = "customer_index";

  /** Place of a product in the factor matrix. */
  public static final String PRODUCT_INDEX = "product_index";

  private DenseIndex() {}

  /**
   * One row per distinct key that is not null.
   *
   * @param rows any grain, with column {@code key}
   * @return columns {@code key} (string) and {@code index} (int)
   */
  public static Dataset<Row> of(Dataset<Row> rows, String key, String index) {
    Dataset<Row> sorted = rows.select(key).where(col(key).isNotNull()).distinct().sort(key);
    JavaRDD<Row> numbered =
        sorted
            .toJavaRDD()
            .zipWithIndex()
            .map(pair -> RowFactory.create(pair._1().getString(0), asInt(pair._2(), key)));
    StructType schema =
        DataTypes.createStructType(
            List.of(
                new StructField(key, DataTypes.StringType, false, Metadata.empty()),
                new StructField(index, DataTypes.IntegerType, false, Metadata.empty())));
    return rows.sparkSession().createDataFrame(numbered, schema);
  }

  private static int asInt(long index, String key) {
    if (index > Integer.MAX_VALUE) {
      throw PosException.badData(
          "more keys than ALS can number (2^31)", key, "Train on fewer customers or products");
    }
    return (int) index;
  }
}
