package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SIMILAR_PRODUCT_ID;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The products nearest to each product by the cosine of their factors. The matrix is broadcast once
 * (four bytes a factor) and every task multiplies its own rows with it, tile by tile: no score
 * matrix exists as a whole, and nothing is shuffled.
 *
 * <p>Uses the BLAS in plain Java, not a native one: it gives the same bits on every machine.
 */
final class NearestProducts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows multiplied at once: their scores fit into the processor's cache. */
  private static final int TILE = 16;

  private static final int ROWS_PER_TASK = 2048;

  private final String[] ids;
  private final int rank;
  private final float[] factors;
  private final boolean[] offered;
  private final int nearest;

  private NearestProducts(List<Row> rows, int nearest) {
    this.nearest = nearest;
    this.ids = rows.stream().map(row -> row.getString(0)).toArray(String[]::new);
    this.rank = rows.isEmpty() ? 0 : rows.get(0).getList(1).size();
    this.factors = new float[Math.multiplyExact(rows.size(), rank)];
    this.offered = new boolean[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      List<Float> vector = rows.get(i).getList(1);
      for (int k = 0; k < rank; k++) {
        factors[i * rank + k] = vector.get(k);
      }
      offered[i] = rows.get(i).getBoolean(2);
    }
  }

  /**
   * One row per product and nearby offered product.
   *
   * @param unit product_id, factors of length one, whether offered
   * @param nearest maximum number of neighbours per product; only those with a cosine above 0
   * @return product_id, similar_product_id
   */
  static Dataset<Row> of(Dataset<Row> unit, int nearest) {
    SparkSession spark = unit.sparkSession();
    NearestProducts matrix =
        new NearestProducts(unit.sort(unit.columns()[0]).collectAsList(), nearest);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<NearestProducts> shared = context.broadcast(matrix);
    List<Integer> starts =
        IntStream.iterate(0, start -> start < matrix.ids.length, start -> start + ROWS_PER_TASK)
            .boxed()
            .toList();
    return spark.createDataFrame(
        context
            .parallelize(starts, Math.max(1, starts.size()))
            .flatMap(start -> shared.value().rows(start)),
        new StructType()
            .add(PRODUCT_ID, DataTypes.StringType, false)
            .add(SIMILAR_PRODUCT_ID, DataTypes.StringType, false));
  }

  private Iterator<Row> rows(int start) {
    List<Row> rows = new ArrayList<>();
    int end = Math.min(ids.length, start + ROWS_PER_TASK);
    float[] scores = new float[TILE * ids.length];
    TopScores top = new TopScores(nearest);
    for (int first = start; first < end; first += TILE) {
      int count = Math.min(TILE, end - first);
      multiply(first, count, scores);
      for (int i = 0; i < count; i++) {
        for (int other = 0; other < ids.length; other++) {
          float cosine = scores[i * ids.length + other];
          if (offered[other] && other != first + i && cosine > 0) {
            top.offer(other, cosine);
          }
        }
        for (int other : top.numbers()) {
          rows.add(RowFactory.create(ids[first + i], ids[other]));
        }
      }
    }
    return rows.iterator();
  }

  private void multiply(int first, int count, float[] scores) {
    JavaBLAS.getInstance()
        .sgemm(
            "T",
            "N",
            ids.length,
            count,
            rank,
            1f,
            factors,
            0,
            rank,
            factors,
            first * rank,
            rank,
            0f,
            scores,
            0,
            ids.length);
  }
}
