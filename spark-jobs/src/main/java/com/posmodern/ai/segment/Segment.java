package com.posmodern.ai.segment;

import java.util.List;

/**
 * One segment.
 *
 * @param id from 1; 0 is for customers who cannot be assigned to a segment
 * @param name unique within its model
 * @param centroid in the model's feature space
 */
record Segment(int id, String name, List<Double> centroid) {
  static final int UNPLACED = 0;
  static final String UNPLACED_NAME = "Too few purchases to tell";

  Segment {
    centroid = List.copyOf(centroid);
  }
}
