package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Draws a bounded number of (series, origin, horizon) rows by hash: the same series, settings and
 * seed give the same rows in the same order, on any number of machines.
 *
 * <p>Every series gives about as many rows as any other. Per origin a few horizons are drawn, one
 * from each part of the horizon, since the features of an origin cost more than those of a horizon.
 */
final class TrainingSampler {
  private static final int HORIZONS_PER_ORIGIN = 4;
  private static final int OLDEST_USELESS = 14;

  /**
   * Origins closer together than this add little information; this bounds the sample of small
   * lakes.
   */
  private static final int DAYS_PER_ORIGIN = 7;

  /**
   * Share of the driver's heap for the rows. They exist twice while they are joined, and XGBoost
   * keeps another copy off the heap, for which containers allow a tenth of the heap.
   */
  private static final int SHARE_OF_HEAP = 32;

  /**
   * Half of the result size that a driver accepts by default in Spark, since the rows are
   * collected.
   */
  private static final long MOST_BYTES = 512L << 20;

  private static final int FEWEST_ROWS = 200_000;

  /**
   * More rows of the same series add little: on 3,000 series four times as many made the forecast
   * worse.
   */
  private static final int ROWS_OF_A_SERIES = 64;

  private final ForecastSettings settings;

  TrainingSampler(ForecastSettings settings) {
    this.settings = settings;
  }

  private int mostRows(long seriesCount) {
    return settings.maxTrainingRows() > 0
        ? settings.maxTrainingRows()
        : mostRows(seriesCount, Runtime.getRuntime().maxMemory());
  }

  /** The bound where the settings have none. */
  static int mostRows(long seriesCount, long heapBytes) {
    long bytesOfARow = (long) Float.BYTES * (Feature.COUNT + 2);
    long inMemory = Math.min(MOST_BYTES, heapBytes / SHARE_OF_HEAP) / bytesOfARow;
    return (int) Math.min(inMemory, Math.max(FEWEST_ROWS, ROWS_OF_A_SERIES * seriesCount));
  }

  /**
   * Rows whose target is not after the cutoff, collected: their number is bounded by the settings
   * or the heap.
   *
   * @param seriesCount number of series that the rows are divided among
   */
  TrainingSet draw(
      JavaRDD<Series> series, Broadcast<Surroundings> surroundings, int cutoff, long seriesCount) {
    int most = mostRows(seriesCount);
    double originsPerSeries = (double) most / HORIZONS_PER_ORIGIN / Math.max(1, seriesCount);
    ForecastSettings bounds = settings;
    List<Block> blocks =
        new ArrayList<>(
            series
                .map(one -> block(one, surroundings.value(), cutoff, originsPerSeries, bounds))
                .filter(block -> block.rows.rows() > 0)
                .collect());
    blocks.sort(Comparator.comparing(Block::order).thenComparing(Block::key));
    return joined(blocks, most);
  }

  private static Block block(
      Series series,
      Surroundings surroundings,
      int cutoff,
      double originsPerSeries,
      ForecastSettings settings) {
    long hash = Draws.mix(series.key().hashCode() * Draws.GOLDEN ^ settings.seed());
    int lastTarget = Math.min(cutoff, series.attributes().discontinuedOn());
    int newest = Math.min(lastTarget - 1, series.lastDay());
    int oldest = Math.max(cutoff - settings.trainingDays(), series.firstDay() + OLDEST_USELESS - 1);
    int span = newest - oldest + 1;
    int origins = Math.min(whole(originsPerSeries, hash), Math.max(1, span / DAYS_PER_ORIGIN));
    Rows rows = new Rows(origins * HORIZONS_PER_ORIGIN);
    if (span > 0 && origins > 0) {
      SeriesWindow window = new SeriesWindow(series);
      for (int i = 0; i < origins; i++) {
        long draw = Draws.mix(hash + i + 1);
        // One origin from each of equal parts of the span.
        int origin = oldest + (int) ((i + Draws.uniform(draw)) * span / origins);
        SeriesOrigin from =
            new SeriesOrigin(window, surroundings, origin, settings.newSeriesDays());
        if (from.soldWithin(settings.activeDays())) {
          rows.add(from, lastTarget, settings.horizonDays(), draw);
        }
      }
    }
    return new Block(hash, series.key(), rows.build());
  }

  /** Rounds a number up with a probability equal to its fraction. */
  private static int whole(double number, long hash) {
    double part = Draws.uniform(Draws.mix(hash));
    return (int) Math.floor(number + part);
  }

  private static TrainingSet joined(List<Block> blocks, int most) {
    int rows = Math.min(most, blocks.stream().mapToInt(block -> block.rows.rows()).sum());
    float[] features = new float[rows * Feature.COUNT];
    float[] targets = new float[rows];
    float[] levels = new float[rows];
    int written = 0;
    for (Block block : blocks) {
      int count = Math.min(block.rows.rows(), rows - written);
      System.arraycopy(
          block.rows.features(), 0, features, written * Feature.COUNT, count * Feature.COUNT);
      System.arraycopy(block.rows.targets(), 0, targets, written, count);
      System.arraycopy(block.rows.levels(), 0, levels, written, count);
      written += count;
    }
    return new TrainingSet(features, targets, levels);
  }

  /** The rows of one series. */
  private record Block(long order, String key, TrainingSet rows) implements Serializable {}

  /** Grows up to a known number of rows. */
  private static final class Rows {
    private final float[] features;
    private final float[] targets;
    private final float[] levels;
    private int size;

    Rows(int most) {
      this.features = new float[most * Feature.COUNT];
      this.targets = new float[most];
      this.levels = new float[most];
    }

    void add(SeriesOrigin from, int lastTarget, int horizonDays, long draw) {
      for (int part = 0; part < HORIZONS_PER_ORIGIN; part++) {
        double within = Draws.uniform(Draws.mix(draw + part));
        int horizon = 1 + (int) ((part + within) * horizonDays / HORIZONS_PER_ORIGIN);
        double demand = from.window().value(from.last() + horizon);
        if (from.origin() + horizon <= lastTarget && !Double.isNaN(demand)) {
          from.write(horizon, features, size * Feature.COUNT);
          targets[size] = (float) (demand / from.level());
          levels[size] = (float) from.level();
          size++;
        }
      }
    }

    TrainingSet build() {
      return new TrainingSet(
          Arrays.copyOf(features, size * Feature.COUNT),
          Arrays.copyOf(targets, size),
          Arrays.copyOf(levels, size));
    }
  }
}
