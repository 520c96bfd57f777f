package com.posmodern.ai.segment;

import com.posmodern.ai.config.SegmentSettings;

/**
 * Habits of one kind. The group has the weight, and its features share it: ten departments count as
 * much as one hour of the day.
 */
enum FeatureGroup {
  VALUE,
  BASKET,
  TIME,
  PRICE,
  CHANNEL,
  DEPARTMENTS;

  double weight(SegmentSettings.Weights weights) {
    return switch (this) {
      case VALUE -> weights.value();
      case BASKET -> weights.basket();
      case TIME -> weights.time();
      case PRICE -> weights.price();
      case CHANNEL -> weights.channel();
      case DEPARTMENTS -> weights.departments();
    };
  }
}
