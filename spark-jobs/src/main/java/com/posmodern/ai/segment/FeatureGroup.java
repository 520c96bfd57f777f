package com.posmodern.ai.segment;

import com.posmodern.ai.config.SegmentSettings;

/**
 * Features of one kind. The weight belongs to the group, and its features share it: ten departments
 * together count as much as the hour of the day.
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
