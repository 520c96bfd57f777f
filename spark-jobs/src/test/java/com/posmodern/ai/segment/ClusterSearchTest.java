package com.posmodern.ai.segment;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is computed in memory, held against MLlib on the same customers. */
class ClusterSearchTest {
  private static final int CLUSTERS = 5;

  private static Dataset<Row> customers;
  private static FeatureSpace space;
  private static double[][] points;

  @BeforeAll
  static void plantCustomers() {
    customers = PlantedPersonas.of(11, 60, PlantedPersonas.ALL);
    List<SegmentFeature> departments = List.of(SegmentFeature.ofDepartment("Bakery"));
    CustomerSample sample = CustomerSample.of(customers, departments);
    space = FeatureSpace.fit(sample, sample.features(), PlantedPersonas.settings().weights());
    points = space.scaled(sample);
  }

  @Test
  void theSampleLiesWhereSparkPutsTheCustomers() {
    List<Row> rows =
        customers
            .orderBy(Columns.CUSTOMER_ID)
            .select(space.scaled().toArray(Column[]::new))
            .collectAsList();
    for (int p = 0; p < points.length; p++) {
      for (int i = 0; i < space.size(); i++) {
        assertThat(points[p][i]).isEqualTo(rows.get(p).getDouble(i));
      }
    }
  }

  @Test
  void sameCentroidsAsMllibFromTheSameStart() {
    double[][] start = LocalKMeans.start(points, CLUSTERS, 3);

    double[][] local = LocalKMeans.fit(points, start, 30).centres();
    double[][] mllib =
        ClusterSearch.refined(
            customers
                .repartition(3, col(Columns.CUSTOMER_ID))
                .select(array_to_vector(array(space.scaled().toArray(Column[]::new)))),
            start,
            30);

    for (int c = 0; c < CLUSTERS; c++) {
      assertThat(local[c]).containsExactly(mllib[c], within(1e-9));
    }
    assertThat(local).isNotEqualTo(start);
  }

  @Test
  void sameSilhouetteAsMllib() {
    int[] clusters = Points.assigned(LocalKMeans.start(points, CLUSTERS, 3), points);
    List<Row> rows = new ArrayList<>();
    for (int p = 0; p < points.length; p++) {
      rows.add(RowFactory.create(points[p], clusters[p]));
    }
    Dataset<Row> assigned =
        SparkTest.session()
            .createDataFrame(
                rows,
                new StructType()
                    .add("point", DataTypes.createArrayType(DataTypes.DoubleType))
                    .add("cluster", DataTypes.IntegerType))
            .withColumn("point", array_to_vector(col("point")));

    double mllib =
        new ClusteringEvaluator()
            .setFeaturesCol("point")
            .setPredictionCol("cluster")
            .evaluate(assigned);

    ClusterGroups groups = ClusterGroups.of(points, clusters, CLUSTERS);
    assertThat(groups.silhouette(points, clusters)).isCloseTo(mllib, within(1e-9));
  }

  @Test
  void fewerDistinctPointsThanClustersGiveFewerCentres() {
    double[][] two = {{0, 0}, {0, 0}, {3, 4}, {3, 4}, {3, 4}};
    double[][] centres = LocalKMeans.start(two, 4, 1);
    assertThat(Arrays.stream(centres).map(Arrays::toString))
        .containsExactlyInAnyOrder("[0.0, 0.0]", "[3.0, 4.0]");
    assertThat(LocalKMeans.fit(two, centres, 10).cost()).isZero();
    assertThat(ClusterSearch.search(two, PlantedPersonas.settings()).silhouettes())
        .containsOnlyKeys(4);
  }
}
