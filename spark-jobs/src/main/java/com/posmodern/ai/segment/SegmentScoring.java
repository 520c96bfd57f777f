package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.DISTANCE;
import static com.posmodern.ai.contract.Columns.PLACED;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assigns customers to the nearest segment with Spark expressions, without moving rows. */
public final class SegmentScoring {
  private static final String POSITION = "position";
  private static final String NEAREST = "nearest";

  private SegmentScoring() {}

  /**
   * The segment of every customer.
   *
   * @param customers rows of {@code features.customer_features}
   * @return the rows with segment_id, segment_name, distance and placed; customers who cannot be
   *     assigned are in segment 0 without a distance
   */
  public static Dataset<Row> assign(Dataset<Row> customers, SegmentModel model, int minBaskets) {
    Column canBePlaced = SegmentFeature.canBePlaced(minBaskets);
    List<Column> columns = new ArrayList<>(originals(customers));
    columns.add(
        when(canBePlaced, array(model.space().scaled().toArray(Column[]::new))).as(POSITION));
    Dataset<Row> positioned = customers.select(columns.toArray(Column[]::new));

    List<Column> located = new ArrayList<>(originals(customers));
    located.add(nearest(model).as(NEAREST));
    Dataset<Row> nearest = positioned.select(located.toArray(Column[]::new));

    List<Column> result = new ArrayList<>(originals(customers));
    Column placed = col(NEAREST).isNotNull();
    Column id = col(NEAREST).getField(SEGMENT_ID);
    result.add(when(placed, id).otherwise(Segment.UNPLACED).as(SEGMENT_ID));
    result.add(when(placed, name(model, id)).otherwise(Segment.UNPLACED_NAME).as(SEGMENT_NAME));
    result.add(when(placed, round(sqrt(col(NEAREST).getField(DISTANCE)), 6)).as(DISTANCE));
    result.add(placed.as(PLACED));
    return nearest.select(result.toArray(Column[]::new));
  }

  /** (squared distance, id) of the nearest centroid; on ties the lower id. */
  private static Column nearest(SegmentModel model) {
    Column[] candidates =
        model.segments().stream()
            .map(
                segment ->
                    struct(
                        squaredDistance(segment.centroid()).as(DISTANCE),
                        lit(segment.id()).as(SEGMENT_ID)))
            .toArray(Column[]::new);
    return when(col(POSITION).isNotNull(), array_min(array(candidates)));
  }

  private static Column squaredDistance(List<Double> centroid) {
    Column sum = lit(0.0);
    for (int i = 0; i < centroid.size(); i++) {
      Column difference = col(POSITION).getItem(i).minus(centroid.get(i));
      sum = sum.plus(difference.multiply(difference));
    }
    return sum;
  }

  private static Column name(SegmentModel model, Column id) {
    Column name = lit(Segment.UNPLACED_NAME);
    for (Segment segment : model.segments()) {
      name = when(id.equalTo(segment.id()), segment.name()).otherwise(name);
    }
    return name;
  }

  private static List<Column> originals(Dataset<Row> customers) {
    return Arrays.stream(customers.columns()).map(name -> col(name)).toList();
  }
}
