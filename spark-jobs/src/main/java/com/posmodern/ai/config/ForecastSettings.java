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
    long seed,
    Xgboost xgboost,
    MllibGbt mllibGbt,
    Conformal conformal,
    ReplenishmentSettings replenishment)
    implements Serializable {

  public ForecastSettings {
    require(horizonDays >= 1 && horizonDays <= 84, "horizon_days must be from 1 to 84");
    require(activeDays >= 1, "active_days must be at least 1");
    require(newSeriesDays >= 0, "new_series_days must not be negative");
    require(historyDays >= 28, "history_days must be at least 28");
    require(backtestOrigins >= 1, "backtest_origins must be at least 1");
    require(originStepDays >= 1, "origin_step_days must be at least 1");
    require(minTrainingDays >= 14, "min_training_days must be at least 14");
    require(trainingDays >= 28, "training_days must be at least 28");
    require(maxTrainingRows >= 1000, "max_training_rows must be at least 1000");
    require(movingAverageDays >= 1, "moving_average_days must be at least 1");
    require(
        List.of("wrmsse", "rmse").contains(championMetric),
        "champion_metric must be wrmsse or rmse");
    require(tieTolerance >= 0 && tieTolerance < 1, "tie_tolerance must be at least 0 and under 1");
    require(backtestSeries >= 0, "backtest_series must not be negative");
    require(
        replenishment.reviewDays() + replenishment.leadTimeDays() <= horizonDays,
        "replenishment.review_days + lead_time_days must not exceed horizon_days");
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
      implements Serializable {
    public Xgboost {
      require(rounds >= 1, "xgboost.rounds must be at least 1");
      require(maxDepth >= 1 && maxDepth <= 15, "xgboost.max_depth must be from 1 to 15");
      require(eta > 0 && eta <= 1, "xgboost.eta must be over 0 and at most 1");
      require(subsample > 0 && subsample <= 1, "xgboost.subsample must be over 0 and at most 1");
      require(
          columnSample > 0 && columnSample <= 1,
          "xgboost.column_sample must be over 0 and at most 1");
      require(minChildWeight >= 0, "xgboost.min_child_weight must not be negative");
      require(
          tweedieVariancePower > 1 && tweedieVariancePower < 2,
          "xgboost.tweedie_variance_power must be over 1 and under 2");
      require(volumeWeight >= 0 && volumeWeight <= 2, "xgboost.volume_weight must be from 0 to 2");
      require(maxBins >= 16 && maxBins <= 1024, "xgboost.max_bins must be from 16 to 1024");
      require(threads >= 0, "xgboost.threads must be at least 0");
    }
  }

  /** Spark's own gradient-boosted trees. */
  public record MllibGbt(
      boolean enabled, int iterations, int maxDepth, double stepSize, int maxTrainingRows)
      implements Serializable {
    public MllibGbt {
      require(iterations >= 1, "mllib_gbt.iterations must be at least 1");
      require(maxDepth >= 1 && maxDepth <= 10, "mllib_gbt.max_depth must be from 1 to 10");
      require(stepSize > 0 && stepSize <= 1, "mllib_gbt.step_size must be over 0 and at most 1");
      require(maxTrainingRows >= 1000, "mllib_gbt.max_training_rows must be at least 1000");
    }
  }

  /** Calibration of the prediction intervals. */
  public record Conformal(int maxCalibrationRows, int minCellRows) implements Serializable {
    public Conformal {
      require(maxCalibrationRows >= 1000, "conformal.max_calibration_rows must be at least 1000");
      require(minCellRows >= 20, "conformal.min_cell_rows must be at least 20");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
