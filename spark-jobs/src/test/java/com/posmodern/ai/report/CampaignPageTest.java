package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.report.CampaignReport.ArmResult;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CampaignPageTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  @Test
  void theFunnelTheMessagesAndTheIntervalsAreOnThePage() throws IOException {
    CampaignReport report = report();
    assertThat(report.campaigns()).hasSize(1);
    CampaignReport.CampaignPart part = report.campaigns().get(0);
    assertThat(part.customers()).isEqualTo(1000);
    assertThat(part.selected()).isEqualTo(300);
    assertThat(part.arms()).extracting(ArmResult::arm).containsExactly("A", "B", "CONTROL");
    String page = CampaignPage.render(report);
    Path file = Path.of("target", "generated", "campaigns.html");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
    assertThat(page)
        .contains("300 of 1,000 known customers selected tonight")
        .contains("no consent")
        .contains("Oi! &lt;b&gt;não&lt;/b&gt;") // a hostile product name stays a name
        .contains("All campaigns together")
        .contains("stopped: unsubscribed")
        .contains("What recommendations have earned", "to discover")
        .contains("<b>1,850</b> of 2,600 customers", "against 290 customers of the control")
        .doesNotContain("unknown")
        .contains("aria-label=\"900, from 100 to 1,700\"")
        .contains("4: nothing is known for the field product")
        .doesNotContain("<script")
        .doesNotContain("ann");
  }

  @Test
  void withoutCampaignsThePageSaysHowToSwitchOneOn() {
    CampaignReport empty =
        CampaignRows.report(
            NIGHT,
            "r1",
            "lake",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CampaignModels.NONE);
    assertThat(CampaignPage.render(empty))
        .contains("with enabled: true", "campaign.uplift.min_customers")
        .doesNotContain("What recommendations have earned");
  }

  private static CampaignReport report() {
    return CampaignRows.report(
        NIGHT,
        "20250701T020000",
        "lake",
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('win-back', 'NO_CONSENT', 1, 400L), ('win-back', 'BUDGET',"
                    + " 17, 300L), ('win-back', 'SELECTED_A', 18, 130L), ('win-back',"
                    + " 'SELECTED_B', 18, 120L), ('win-back', 'SELECTED_CONTROL', 18, 50L) AS"
                    + " t(campaign_id, verdict, step, customers)")),
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('win-back', 'ann', 'A', 'WHATSAPP', 'pt-BR', null, 'Oi!"
                    + " <b>não</b> R$ 4,50. Para não receber mais, responda SAIR.', null,"
                    + " 'template'), ('win-back', 'ben', 'B', 'EMAIL', 'pt-BR', 'Leite espera por"
                    + " você', 'Leite por R$ 4,50.', null, 'template')"
                    + refused(4)
                    + " AS t(campaign_id, customer_id, arm, channel, language, subject, body,"
                    + " refusal, generator)")),
        Optional.of(
            sql(
                "SELECT *, 0.25D * revenue AS margin FROM VALUES"
                    + " ('win-back', 'A', -1, 1200L, 1190L, 600L, 200L, 5L, 0.31D, 24000D, 130D,"
                    + " 900D, 100D, 1700D, 5.9D, null),"
                    + " ('win-back', 'B', -1, 1180L, 1170L, 580L, 90L, 60L, 0.28D, 21000D, 128D,"
                    + " -200D, -1100D, 700D, -2.6D, 'UNSUBSCRIBED'),"
                    + " ('win-back', 'CONTROL', -1, 400L, 0L, 0L, 0L, 0L, 0.27D, 7200D, 0D, null,"
                    + " null, null, null, null),"
                    + " ('win-back', 'A', 1, 600L, 590L, 300L, 100L, 2L, 0.31D, 12000D, 65D, null,"
                    + " null, null, null, null),"
                    + " ('ALL', 'ADDRESSED', -1, 2780L, 2360L, 1180L, 290L, 65L, 0.29D, 52200D,"
                    + " 258D, 1100D, -300D, 2500D, 3.3D, null),"
                    + " ('ALL', 'HOLDOUT', -1, 150L, 0L, 0L, 0L, 0L, 0.27D, 2700D, 0D, null, null,"
                    + " null, null, null) AS t(campaign_id, arm, segment_id, customers, sent,"
                    + " opened, clicked, unsubscribed, conversion, revenue, cost,"
                    + " incremental_revenue, incremental_lower, incremental_upper,"
                    + " return_on_investment, stop_reason)")),
        SendingRows.of(
            Optional.of(
                sql(
                    "SELECT * FROM VALUES ('win-back', 'ann', 1, 'LIVE', 1, 'DEFERRED'),"
                        + " ('win-back', 'ann', 1, 'LIVE', 2, 'SENT'), ('win-back', 'ben', 1,"
                        + " 'LIVE', 1, 'IN_DOUBT'), ('win-back', 'cid', 1, 'SANDBOX', 1, 'SENT')"
                        + " AS t(campaign_id, customer_id, message_step, send_mode, attempt,"
                        + " state)")),
            Optional.of(
                sql(
                    "SELECT * FROM VALUES ('win-back', TIMESTAMP '2025-06-01 10:00:00', 'LIVE',"
                        + " 'SUPPRESSED', 9L), ('win-back', TIMESTAMP '2025-06-02 10:00:00',"
                        + " 'LIVE', 'SUPPRESSED', 7L), ('win-back', TIMESTAMP '2025-06-02"
                        + " 10:00:00', 'LIVE', 'SENT', 1L) AS t(campaign_id, run_at, send_mode,"
                        + " outcome, messages)")),
            Optional.of(
                sql(
                    "SELECT 'win-back' AS campaign_id, 'ann' AS customer_id, 'delivered' AS"
                        + " kind"))),
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('TO_DISCOVER', 700L, 2000L, 90L, 40L, 0.045D, 0.02D, 380D,"
                    + " null, null, null, null, null), ('ALL', 900L, 4000L, 480L, 620L, 0.12D,"
                    + " 0.155D, 9100D, 2600L, 290L, 1850D, 400D, 3300D), ('UNKNOWN', 10L, 12L,"
                    + " 0L, 0L, 0D, 0D, 0D, null, null, null, null, null)"
                    + " AS t(list_part, customers, shown, clicked, bought, click_rate, conversion,"
                    + " revenue, list_customers, control_customers, incremental_revenue,"
                    + " incremental_lower, incremental_upper)")),
        models(true));
  }

  private static CampaignModels models(boolean accepted) {
    return CampaignModels.of(
        Optional.of(
            sql(
                "SELECT *, "
                    + accepted
                    + " AS accepted FROM VALUES ('propensity_lapse', 'accepted: 2.1 % better than"
                    + " the baseline', map('published', 'xgboost')), ('uplift', 'accepted: 3.0 %"
                    + " better than the baseline', map('published', 'uplift')), ('forecast',"
                    + " 'accepted', map('trees', '1')) AS t(model, verdict, parameters)")),
        Optional.of(
            sql(
                "SELECT 'propensity_lapse' AS model, 'xgboost' AS candidate, 'all' AS scope,"
                    + " 'auc' AS metric, 0.8125D AS metric_value, false AS baseline"
                    + " UNION ALL SELECT 'propensity_lapse', 'xgboost', format_string('tenth"
                    + " %02d', id), metric, id * id / 120D + IF(metric = 'observed', 0.02D,"
                    + " 0D), false FROM range(1, 11) CROSS JOIN (SELECT explode("
                    + "array('predicted', 'observed')) AS metric)"
                    + " UNION ALL SELECT 'uplift', candidate, format_string('tenth %02d', id),"
                    + " 'cumulated_uplift', IF(candidate = 'uplift', 3D * sqrt(id), 0.95D *"
                    + " id), candidate <> 'uplift' FROM range(1, 11) CROSS JOIN (SELECT"
                    + " explode(array('uplift', 'propensity')) AS candidate)"
                    + " UNION ALL SELECT 'uplift', 'uplift', 'all', 'uplift_top_30', 17.3D,"
                    + " false UNION ALL SELECT 'uplift', 'propensity', 'all',"
                    + " 'uplift_top_30', 9.5D, true")));
  }

  @Test
  void aRejectedVersionOfUpliftOrdersNothing() {
    assertThat(models(true).uplift().orElseThrow().isUsed()).isTrue();
    assertThat(models(false).uplift().orElseThrow().isUsed()).isFalse();
  }

  @Test
  void calibrationAndTheOrderOfAudiencesAreDrawn() {
    CampaignModels models = report().models();
    assertThat(models.propensities()).hasSize(1);
    assertThat(models.propensities().get(0).tenths()).hasSize(10);
    assertThat(models.uplift().orElseThrow().byUplift()).startsWith(3.0);
    assertThat(CampaignPage.render(report()))
        .contains("by xgboost, AUC 0.813")
        .contains("Lapses: probability said and share that happened")
        .contains("By uplift. Model uplift accepted: 3.0 % better than the baseline")
        .contains("a message brings 17.3 by uplift, 9.50 by propensity");
  }

  @Test
  void everyMessageCountsWithItsLastStateAndHeldOnesOfTheLastRun() {
    assertThat(report().campaigns().get(0).sending())
        .extracting(step -> step.label() + " " + step.messages())
        .containsExactly("in doubt 1", "sent 1", "delivered 1", "held back: suppressed 7");
  }

  private static String refused(int count) {
    return String.join(
        "",
        Collections.nCopies(
            count,
            ", ('win-back', 'cid', 'B', 'EMAIL', 'pt-BR', null, null, 'nothing is known for the"
                + " field product', 'template')"));
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
