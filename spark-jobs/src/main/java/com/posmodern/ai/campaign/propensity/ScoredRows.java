package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.campaign.propensity.PropensityScoring.Stored;
import com.posmodern.ai.wording.Sentences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the rows of a partition some thousands at a time, whole customers each, so that memory
 * does not grow with the partition and native code is called seldom. Only the rows that are given
 * out are explained, which costs far more than a score.
 */
final class ScoredRows implements Iterator<Row> {
  private static final int BATCH = 8192;

  private final Iterator<Row> rows;
  private final Stored model;
  private final int mostPerCustomer;
  private final int width;
  private final Scorer scorer;
  private final Optional<Scorer> value;
  private final int valueWidth;
  private final PropensityReasons english;
  private final PropensityReasons brazilian;
  private final Queue<Row> ready = new ArrayDeque<>();
  private Row held;

  ScoredRows(Iterator<Row> rows, Stored model, Optional<Stored> value, int mostPerCustomer) {
    this.rows = rows;
    this.model = model;
    this.mostPerCustomer = mostPerCustomer;
    this.width = model.kind().features().size();
    this.valueWidth = PropensityKind.VALUE.features().size();
    this.scorer = PropensityModel.ofBytes(model.payload()).open();
    this.value = value.map(stored -> PropensityModel.ofBytes(stored.payload()).open());
    this.english = new PropensityReasons(model.kind(), Sentences.english());
    this.brazilian = new PropensityReasons(model.kind(), Sentences.brazilian());
    TaskContext.get()
        .addTaskCompletionListener(
            ended -> {
              scorer.close();
              this.value.ifPresent(Scorer::close);
            });
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && (held != null || rows.hasNext())) {
      score(batch());
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** The next rows; the customer of the last one is whole. */
  private List<Row> batch() {
    List<Row> batch = new ArrayList<>();
    if (held != null) {
      batch.add(held);
      held = null;
    }
    while (rows.hasNext()) {
      Row row = rows.next();
      if (batch.size() >= BATCH && !customer(row).equals(customer(batch.get(batch.size() - 1)))) {
        held = row;
        break;
      }
      batch.add(row);
    }
    return batch;
  }

  private void score(List<Row> batch) {
    float[] features = packed(batch, width);
    double[] scores = scorer.scores(features, batch.size());
    int[] kept = kept(batch, scores);
    List<Row> given = IntStream.of(kept).mapToObj(batch::get).toList();
    float[] explained = packed(given, width);
    float[][] parts = scorer.contributions(explained, kept.length);
    Optional<double[]> amounts =
        value.map(by -> by.scores(packed(given, valueWidth), given.size()));
    for (int i = 0; i < kept.length; i++) {
      Row row = given.get(i);
      int at = i;
      ready.add(
          RowFactory.create(
              model.version(),
              customer(row),
              model.kind().name(),
              row.getString(1),
              row.getInt(2),
              rounded(Math.min(1, Math.max(0, scores[kept[i]])), 1e6),
              amounts.map(all -> rounded(Math.max(0, all[at]), 100)).orElse(null),
              brazilian.of(explained, i, parts[i]),
              english.of(explained, i, parts[i])));
    }
  }

  /** The likeliest rows of each customer, in the order of the rows. */
  private int[] kept(List<Row> batch, double[] scores) {
    if (mostPerCustomer == Integer.MAX_VALUE) {
      return IntStream.range(0, batch.size()).toArray();
    }
    List<Integer> kept = new ArrayList<>();
    for (int from = 0; from < batch.size(); ) {
      int to = from + 1;
      while (to < batch.size() && customer(batch.get(to)).equals(customer(batch.get(from)))) {
        to++;
      }
      IntStream.range(from, to)
          .boxed()
          // Equal ones in the order of their names.
          .sorted(Comparator.comparingDouble((Integer row) -> -scores[row]))
          .limit(mostPerCustomer)
          .forEach(kept::add);
      from = to;
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static float[] packed(List<Row> rows, int width) {
    float[] features = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < width; i++) {
        features[row * width + i] = rows.get(row).getFloat(3 + i);
      }
    }
    return features;
  }

  private static String customer(Row row) {
    return row.getString(0);
  }

  private static double rounded(double value, double unit) {
    return Math.round(value * unit) / unit;
  }
}
