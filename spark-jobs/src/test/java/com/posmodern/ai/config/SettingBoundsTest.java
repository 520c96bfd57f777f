package com.posmodern.ai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting at the last values that it may have, and at the first that it may not. */
class SettingBoundsTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "local.yaml").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lake                                  | x                  | ' '
          plan                                  | x                  | ' '
          spark.master                          | x                  | ' '
          spark.jobs_at_once                    | 1                  | 0
          gate.champion_tolerance               | 0; 1               | -0.01; 1.01
          gate.champion_max_age_days            | 1                  | 0
          publish.kept                          | 2                  | 1
          publish.postgres.url                  | 'jdbc:postgresql:' | x; 'jdbc:postgresql://h/d?password=x'
          publish.postgres.user                 | x                  | ' '
          publish.postgres.reader_role          | _a1                | Reader; a-b
          publish.postgres.connections          | 0                  | -1
          publish.postgres.changed_share        | 0; 1               | -0.01; 1.01
          publish.bi.glue_database              | _a1                | Pos; a-b
          publish.bi.redshift_role              | x                  | ' '
          maintenance.kept_feature_dates        | 1                  | 0
          maintenance.kept_model_dates          | 1                  | 0
          maintenance.kept_result_dates         | 1                  | 0
          maintenance.kept_ops_dates            | 1                  | 0
          maintenance.compact_below_mib         | 1                  | 0
          maintenance.vacuum_hours              | 168                | 167
          report.folder                         | x                  | ' '
          weather.url                           | 'http://h'         | x; 'http://h/'; 'http://h?k=x'; 'http://h_1'
          weather.history_days                  | 0                  | -1
          weather.requests_per_minute           | 1                  | 0
          weather.attempts                      | 1                  | 0
          weather.first_pause_millis            | 1                  | 0
          weather.timeout_seconds               | 1                  | 0
          local_events.days_back                | 0                  | -1
          local_events.days_ahead               | 1                  | 0
          local_events.time_zone                | America/Manaus     | America/Nowhere
          local_events.calls.requests_per_minute | 1                 | 0
          local_events.calls.attempts           | 1                  | 0
          local_events.calls.first_pause_millis | 1                  | 0
          local_events.calls.timeout_seconds    | 1                  | 0
          trends.days_back                      | 1                  | 0
          trends.time_zone                      | America/Manaus     | America/Nowhere
          live.trigger_seconds                  | 1                  | 0
          live.late_hours                       | 1; 720             | 0; 721
          live.future_minutes                   | 0                  | -1
          live.files.most_mib                   | 1                  | 0
          live.kafka.most_records               | 1                  | 0
          privacy.bucket_versions_days          | 0                  | -1
          privacy.landed_exports_days           | 0                  | -1
          sample.last_day                       | '2026-02-28'       | '2026-02-30'
          sample.days                           | 30; 4000           | 27; 4001
          sample.stores                         | 1; 500             | 0; 501
          sample.products                       | 50; 20000          | 49; 20001
          sample.customers                      | 10; 100000000      | 9; 100000001
          sample.sales_lines                    | 1000; 10000000000  | 999; 10000000001
          sample.anonymous_share                | 0; 0.99            | -0.01; 1
          sample.dirty_row_share                | 0; 1               | -0.01; 1.01
          sample.horizon_days                   | 0; 366             | -1; 367
          sample.taste_clusters                 | 1; 1000            | 0; 1001
          sample.late_stores                    | 0; 8               | -1; 9
          sample.inventory_days                 | 0; 730             | -1; 731
          quality.default_tolerance             | 0; 1               | -0.01; 1.01
          quality.future_days                   | 0                  | -1
          quality.drift_rows                    | 0.01               | 0
          quality.drift_share                   | 0.01               | 0
          quality.day_tolerance                 | 0; 1               | -0.01; 1.01
          quality.arrived_share                 | 0; 1               | -0.01; 1.01
          quality.late_stores                   | KEEP; WARN; STOP   | WAIT
          quality.customer_share                | 0; 1               | -0.01; 1.01
          features.new_product_days             | 1                  | 0
          features.half_life_days               | 0.1                | 0
          features.customer_window_days         | 1                  | 0
          forecast.horizon_days                 | 10; 84             | 0; 85
          forecast.active_days                  | 1                  | 0
          forecast.new_series_days              | 0                  | -1
          forecast.history_days                 | 28                 | 27
          forecast.backtest_origins             | 1                  | 0
          forecast.origin_step_days             | 1                  | 0
          forecast.min_training_days            | 14                 | 13
          forecast.training_days                | 28                 | 27
          forecast.max_training_rows            | 0; 1000            | -1; 1; 999
          forecast.moving_average_days          | 1                  | 0
          forecast.champion_metric              | wrmsse; rmse       | wape
          forecast.tie_tolerance                | 0; 0.99            | -0.01; 1
          forecast.backtest_series              | 0                  | -1
          forecast.explained_series             | 0                  | -1
          forecast.xgboost.rounds               | 1                  | 0
          forecast.xgboost.max_depth            | 1; 15              | 0; 16
          forecast.xgboost.eta                  | 0.01; 1            | 0; 1.01
          forecast.xgboost.subsample            | 0.01; 1            | 0; 1.01
          forecast.xgboost.column_sample        | 0.01; 1            | 0; 1.01
          forecast.xgboost.min_child_weight     | 0                  | -0.01
          forecast.xgboost.tweedie_variance_power | 1.01; 1.99       | 1; 2
          forecast.xgboost.volume_weight        | 0; 2               | -0.01; 2.01
          forecast.xgboost.max_bins             | 16; 1024           | 15; 1025
          forecast.xgboost.threads              | 0                  | -1
          forecast.mllib_gbt.iterations         | 1                  | 0
          forecast.mllib_gbt.max_depth          | 1; 10              | 0; 11
          forecast.mllib_gbt.step_size          | 0.01; 1            | 0; 1.01
          forecast.mllib_gbt.max_training_rows  | 1000               | 999
          forecast.conformal.max_calibration_rows | 1000             | 999
          forecast.conformal.min_cell_rows      | 20                 | 19
          forecast.replenishment.review_days    | 1; 25              | 0; 26
          forecast.replenishment.lead_time_days | 1; 21              | 0; 22
          forecast.replenishment.service_level  | 0.51; 0.99         | 0.5; 1
          forecast.replenishment.service_classes | {A: 0.51, B: 0.99} | {service_classes: 0.5}; {service_classes: 1}
          forecast.replenishment.lost_sale_margins | 1               | 0.99
          forecast.replenishment.default_pack_size | 1               | 0
          forecast.replenishment.stock_days     | 1; 31              | 0; 32
          forecast.replenishment.overdue_days   | 0                  | -1
          forecast.replenishment.fill_up_days   | 0                  | -1
          forecast.replenishment.typical_dispersion | 1              | 0.99
          recommend.list_length                 | 1                  | 0
          recommend.holdout_days                | 1                  | 0
          recommend.minimum_customers           | 1                  | 0
          recommend.minimum_interactions        | 1                  | 0
          recommend.evaluation_customers        | 1                  | 0
          recommend.bought_often_purchases      | 1                  | 0
          recommend.control_share               | 0; 0.5             | -0.01; 0.51
          recommend.ranker.pool_customers       | 1                  | 0
          recommend.ranker.history_days         | 1                  | 0
          recommend.ranker.max_purchases        | 1                  | 0
          recommend.ranker.cuts                 | 1                  | 0
          recommend.ranker.training_rows        | 1000               | 999
          recommend.ranker.minimum_purchases    | 1                  | 0
          recommend.ranker.objective            | 'binary:logistic'; 'rank:ndcg' | 'rank:map'
          recommend.ranker.rounds               | 1                  | 0
          recommend.als.rank                    | 1                  | 0
          recommend.als.regularisation          | 0                  | -0.01
          recommend.als.alpha                   | 0.01               | 0
          recommend.als.iterations              | 1                  | 0
          recommend.als.blocks                  | 0                  | -1
          recommend.rules.max_per_category      | 1                  | 0
          recommend.rules.stocked_days          | 1                  | 0
          recommend.rules.new_days              | 1                  | 0
          recommend.similar.list_length         | 1                  | 0
          recommend.similar.basket_days         | 1                  | 0
          recommend.similar.max_basket_products | 2                  | 1
          recommend.similar.min_support         | 1                  | 0
          recommend.similar.factor_weight       | 0; 1               | -0.01; 1.01
          recommend.similar.content_neighbours  | 1                  | 0
          recommend.similar.content_weight      | 0; 1               | -0.01; 1.01
          recommend.popular.list_length         | 1                  | 0
          recommend.popular.half_life           | 1                  | 0.99
          recommend.popular.window_days         | 1                  | 0
          recommend.popular.trend_ratio         | 1.01               | 1
          segment.min_baskets                   | 1                  | 0
          segment.min_segments                  | 2; 10              | 1; 11
          segment.max_segments                  | 4; 50              | 3; 51
          segment.min_customers                 | 11                 | 10
          segment.evaluation_customers          | 100; 200000        | 99; 200001
          segment.training_customers            | 20000              | 19999
          segment.outcome_days                  | 1                  | 0
          segment.outcome_customers             | 100                | 99
          segment.max_departments               | 0                  | -1
          segment.restarts                      | 1                  | 0
          segment.max_iterations                | 1                  | 0
          segment.weights.value                 | 0                  | -0.01
          segment.weights.basket                | 0                  | -0.01
          segment.weights.time                  | 0                  | -0.01
          segment.weights.price                 | 0                  | -0.01
          segment.weights.channel               | 0                  | -0.01
          segment.weights.departments           | 0                  | -0.01
          campaign.folder                       | x                  | ' '
          campaign.proposals                    | x                  | ' '
          campaign.global_holdout_share         | 0; 0.5             | -0.01; 0.51
          campaign.cap_messages                 | 1                  | 0
          campaign.cap_days                     | 1                  | 0
          campaign.minimum_age                  | 18                 | 17
          campaign.expected_response            | 0; 1               | -0.01; 1.01
          campaign.pre_period_days              | 1                  | 0
          campaign.products_in_message          | 1; 10              | 0; 11
          segment.weights | {value: 0, basket: 0, time: 0, price: 0, channel: 0, departments: 1} | {value: 0, basket: 0, time: 0, price: 0, channel: 0, departments: 0}
          """)
  void aSettingIsRefusedBeyondItsBounds(String key, String allowed, String refused)
      throws IOException {
    for (String value : allowed.split(";", -1)) {
      assertThat(SettingsReader.read(with(key, value.strip()), Settings.class)).isNotNull();
    }
    for (String value : refused.split(";", -1)) {
      Path file = with(key, value.strip());
      assertThatThrownBy(() -> SettingsReader.read(file, Settings.class))
          .as("%s: %s", key, value)
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining(key.substring(key.lastIndexOf('.') + 1))
          .hasMessageMatching("(?s).*(must|allowed are).*");
    }
  }

  /** The shipped settings with another value of the key. */
  private Path with(String key, String value) throws IOException {
    StringBuilder yaml = new StringBuilder("extends: " + SHIPPED + "\n");
    String[] steps = key.split("\\.", -1);
    for (int depth = 0; depth < steps.length; depth++) {
      yaml.append("  ".repeat(depth)).append(steps[depth]).append(":");
      yaml.append(depth < steps.length - 1 ? "\n" : " " + value + "\n");
    }
    return Files.writeString(folder.resolve("settings.yaml"), yaml);
  }
}
