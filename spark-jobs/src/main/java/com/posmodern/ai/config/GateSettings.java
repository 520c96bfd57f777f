package com.posmodern.ai.config;

/**
 * When a candidate model may score.
 *
 * @param championTolerance how much skill a candidate may lose against the champion and still
 *     replace it: data move from night to night, and so does skill
 */
public record GateSettings(double championTolerance) {
  public GateSettings {
    Checks.share("champion_tolerance", championTolerance);
  }
}
