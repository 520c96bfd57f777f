package com.posmodern.ai.config;

import java.io.Serializable;
import java.util.List;

/**
 * Section {@code forecast}; every key is explained in {@code conf/local.yaml}. Serializable because
 * Spark tasks carry it.
 */
public record ForecastSettings(
    int horizonDays,
    int activeDays,
    int newSeriesDays,
    int historyDays,
    int backtestOrigins,
    int originStepDays,
    int minTrainingDays,
    int trainingDays,
    int maxTrainingRows,
    int movingAverageDays,
    String championMetric,
    double tieTolerance,
    int backtestSeries,
    int explainedSeries,
    long seed,
    Xgboost xgboost,
    MllibGbt mllibGbt,
    Conformal conformal,
    ReplenishmentSettings replenishment)
    implements Serializable {

  public ForecastSettings {
    SettingChecks.that(horizonDays >= 1 && horizonDays <= 84, "horizon_days", "be from 1 to 84");
    SettingChecks.that(activeDays >= 1, "active_days", "be at least 1");
    SettingChecks.that(newSeriesDays >= 0, "new_series_days", "not be negative");
    SettingChecks.that(historyDays >= 28, "history_days", "be at least 28");
    SettingChecks.that(backtestOrigins >= 1, "backtest_origins", "be at least 1");
    SettingChecks.that(originStepDays >= 1, "origin_step_days", "be at least 1");
    SettingChecks.that(minTrainingDays >= 14, "min_training_days", "be at least 14");
    SettingChecks.that(trainingDays >= 28, "training_days", "be at least 28");
    SettingChecks.that(
        maxTrainingRows == 0 || maxTrainingRows >= 1000,
        "max_training_rows",
        "be at least 1000, or 0 for as many as series and memory allow");
    SettingChecks.that(movingAverageDays >= 1, "moving_average_days", "be at least 1");
    SettingChecks.that(
        List.of("wrmsse", "rmse").contains(championMetric), "champion_metric", "be wrmsse or rmse");
    SettingChecks.that(
        tieTolerance >= 0 && tieTolerance < 1, "tie_tolerance", "be at least 0 and under 1");
    SettingChecks.that(backtestSeries >= 0, "backtest_series", "not be negative");
    SettingChecks.that(explainedSeries >= 0, "explained_series", "not be negative");
    xgboost.check("xgboost");
    SettingChecks.that(
        replenishment.reviewDays() + replenishment.leadTimeDays() <= horizonDays,
        "replenishment.review_days + lead_time_days",
        "not exceed horizon_days");
  }

  /** XGBoost with the Tweedie loss. */
  public record Xgboost(
      boolean enabled,
      int rounds,
      int maxDepth,
      double eta,
      double subsample,
      double columnSample,
      double minChildWeight,
      double tweedieVariancePower,
      double volumeWeight,
      int maxBins,
      int threads)
      implements TreeSettings, Serializable {
    public Xgboost {
      SettingChecks.that(
          tweedieVariancePower > 1 && tweedieVariancePower < 2,
          "xgboost.tweedie_variance_power",
          "be over 1 and under 2");
      SettingChecks.that(
          volumeWeight >= 0 && volumeWeight <= 2, "xgboost.volume_weight", "be from 0 to 2");
    }
  }

  /** Spark's own gradient-boosted trees. */
  public record MllibGbt(
      boolean enabled, int iterations, int maxDepth, double stepSize, int maxTrainingRows)
      implements Serializable {
    public MllibGbt {
      SettingChecks.that(iterations >= 1, "mllib_gbt.iterations", "be at least 1");
      SettingChecks.that(maxDepth >= 1 && maxDepth <= 10, "mllib_gbt.max_depth", "be from 1 to 10");
      SettingChecks.that(
          stepSize > 0 && stepSize <= 1, "mllib_gbt.step_size", "be over 0 and at most 1");
      SettingChecks.that(
          maxTrainingRows >= 1000, "mllib_gbt.max_training_rows", "be at least 1000");
    }
  }

  /** Calibration of the prediction intervals. */
  public record Conformal(int maxCalibrationRows, int minCellRows) implements Serializable {
    public Conformal {
      SettingChecks.that(
          maxCalibrationRows >= 1000, "conformal.max_calibration_rows", "be at least 1000");
      SettingChecks.that(minCellRows >= 20, "conformal.min_cell_rows", "be at least 20");
    }
  }
}
