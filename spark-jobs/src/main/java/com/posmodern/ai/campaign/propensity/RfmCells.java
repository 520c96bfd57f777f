package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;

/**
 * The simplest method of marketing: quintiles of recency, frequency and monetary value make cells,
 * and what customers of a cell did before is expected of the next ones. A small cell is drawn
 * towards the mean of all.
 *
 * @param columns of recency, frequency and value
 * @param bounds the inner quintile bounds of each, ascending
 * @param means of the cells
 * @param mean of all
 */
@SuppressWarnings("ArrayRecordComponent") // Read once per row scored.
record RfmCells(int width, int[] columns, float[][] bounds, double[] means, double mean)
    implements Scorer {
  private static final int QUINTILES = 5;

  /** The quintiles, and a cell for the unknown. */
  private static final int PLACES = QUINTILES + 1;

  /** Rows of the mean that are added to each cell. */
  private static final int PRIOR_ROWS = 10;

  static RfmCells fit(Examples rows, int[] columns) {
    float[][] bounds = new float[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      float[] sorted = rows.sorted(columns[i]);
      bounds[i] = new float[sorted.length == 0 ? 0 : QUINTILES - 1];
      for (int q = 0; q < bounds[i].length; q++) {
        bounds[i][q] = sorted[(int) ((long) sorted.length * (q + 1) / QUINTILES)];
      }
    }
    double mean = rows.meanLabel();
    RfmCells empty = new RfmCells(rows.width(), columns, bounds, new double[0], mean);
    int cells = (int) Math.pow(PLACES, columns.length);
    double[] sums = new double[cells];
    double[] counts = new double[cells];
    for (int row = 0; row < rows.size(); row++) {
      int cell = empty.cell(rows.features(), row);
      sums[cell] += rows.labels()[row];
      counts[cell]++;
    }
    double[] means = new double[cells];
    Arrays.setAll(means, cell -> (sums[cell] + PRIOR_ROWS * mean) / (counts[cell] + PRIOR_ROWS));
    return new RfmCells(rows.width(), columns, bounds, means, mean);
  }

  @Override
  public double[] scores(float[] rows, int count) {
    double[] scores = new double[count];
    Arrays.setAll(scores, row -> means[cell(rows, row)]);
    return scores;
  }

  /** The cell's distance from the mean, in equal parts: a cell has no parts of its own. */
  @Override
  public float[][] contributions(float[] rows, int count) {
    float[][] parts = new float[count][width + 1];
    for (int row = 0; row < count; row++) {
      for (int column : columns) {
        parts[row][column] = (float) ((means[cell(rows, row)] - mean) / columns.length);
      }
    }
    return parts;
  }

  private int cell(float[] rows, int row) {
    int cell = 0;
    for (int i = 0; i < columns.length; i++) {
      float value = rows[row * width + columns[i]];
      int place = QUINTILES;
      if (!Float.isNaN(value)) {
        int found = Arrays.binarySearch(bounds[i], value);
        // A value on a bound belongs to the quintile above it.
        place = found >= 0 ? found + 1 : -found - 1;
      }
      cell = cell * PLACES + place;
    }
    return cell;
  }
}
