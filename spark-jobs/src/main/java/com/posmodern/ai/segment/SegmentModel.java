package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CENTROID;
import static com.posmodern.ai.contract.Columns.FEATURE_CENTRES;
import static com.posmodern.ai.contract.Columns.FEATURE_NAMES;
import static com.posmodern.ai.contract.Columns.FEATURE_SCALES;
import static com.posmodern.ai.contract.Columns.FEATURE_WEIGHTS;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The segments and their feature space; everything that scoring needs. */
public record SegmentModel(FeatureSpace space, List<Segment> segments) {
  /** Maximum number of segments; limits what the driver collects from the table. */
  private static final int MOST_SEGMENTS = 100;

  public SegmentModel {
    segments = segments.stream().sorted(Comparator.comparingInt(Segment::id)).toList();
  }

  /** One point per segment, in their order. */
  double[][] centroids() {
    return Points.arrays(segments.stream().map(Segment::centroid).toList());
  }

  /**
   * The id of each customer's segment, the same as {@link SegmentScoring} computes.
   *
   * @param customers a sample that has every feature of this model's space
   */
  int[] segmentsOf(CustomerSample customers) {
    return Arrays.stream(Points.assigned(centroids(), space.scaled(customers)))
        .map(nearest -> segments.get(nearest).id())
        .toArray();
  }

  /** Rows of {@code models.segment_centroids} without as_of_date. */
  public Dataset<Row> toRows(SparkSession spark, String modelVersion) {
    List<Row> rows =
        segments.stream()
            .map(
                segment ->
                    RowFactory.create(
                        modelVersion,
                        segment.id(),
                        segment.name(),
                        space.features().stream().map(SegmentFeature::name).toList(),
                        segment.centroid(),
                        space.centres(),
                        space.scales(),
                        space.weights()))
            .toList();
    return SegmentRows.of(
        spark,
        rows,
        Contracts.of(Table.SEGMENT_CENTROIDS).schema(),
        List.of(
            MODEL_VERSION,
            SEGMENT_ID,
            SEGMENT_NAME,
            FEATURE_NAMES,
            CENTROID,
            FEATURE_CENTRES,
            FEATURE_SCALES,
            FEATURE_WEIGHTS));
  }

  /**
   * The model of saved rows.
   *
   * @param centroids rows of one version of {@code models.segment_centroids}
   * @return empty when there are none
   */
  public static Optional<SegmentModel> fromRows(Dataset<Row> centroids) {
    List<Row> rows =
        centroids.drop(AS_OF_DATE).orderBy(col(SEGMENT_ID)).limit(MOST_SEGMENTS).collectAsList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Row first = rows.get(0);
    List<String> names = first.getList(first.fieldIndex(FEATURE_NAMES));
    FeatureSpace space =
        new FeatureSpace(
            names.stream().map(SegmentFeature::named).toList(),
            first.getList(first.fieldIndex(FEATURE_CENTRES)),
            first.getList(first.fieldIndex(FEATURE_SCALES)),
            first.getList(first.fieldIndex(FEATURE_WEIGHTS)));
    return Optional.of(
        new SegmentModel(
            space,
            rows.stream()
                .map(
                    row ->
                        new Segment(
                            row.getInt(row.fieldIndex(SEGMENT_ID)),
                            row.getString(row.fieldIndex(SEGMENT_NAME)),
                            row.getList(row.fieldIndex(CENTROID))))
                .toList()));
  }
}
