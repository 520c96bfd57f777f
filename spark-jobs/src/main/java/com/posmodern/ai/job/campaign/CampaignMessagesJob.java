package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.REFUSAL;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.campaign.audience.Arms;
import com.posmodern.ai.campaign.text.Draft;
import com.posmodern.ai.campaign.text.DraftKey;
import com.posmodern.ai.campaign.text.Guard;
import com.posmodern.ai.campaign.text.Messages;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the message of every customer whom a campaign addresses. Sends nothing. */
public final class CampaignMessagesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("campaign-messages", "write the message of every customer of a campaign")
          .reads(Table.PRODUCTS)
          .readsIfPresent(OpenCampaigns.READS)
          .readsIfPresent(Table.CAMPAIGN_AUDIENCE, Table.PRODUCT_RECOMMENDATIONS)
          .writes(Table.CAMPAIGN_MESSAGES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> audience = context.readOptional(Table.CAMPAIGN_AUDIENCE);
    if (audience.isEmpty()) {
      return JobOutcome.skipped("no campaign has selected anybody on this night");
    }
    List<Campaign> open = OpenCampaigns.of(context);
    CampaignSettings settings = context.settings().campaign();
    Guard guard = new Guard(settings.forbiddenWords());
    Map<Language, CampaignTexts> texts = new EnumMap<>(Language.class);
    for (Campaign campaign : open) {
      texts.computeIfAbsent(
          campaign.language(),
          language -> CampaignTexts.read(Path.of(settings.folder()), language));
    }
    Messages messages = new Messages(open, texts, guard, settings.productsInMessage());
    Dataset<Row> recipients =
        audience
            .get()
            .where(Arms.touched(col(ARM)))
            .where(col(CAMPAIGN_ID).isin(open.stream().map(Campaign::id).toArray()));
    Map<DraftKey, Draft> drafts =
        messages.drafts(recipients, TextGenerators.of(context, texts, guard));
    Dataset<Row> written =
        messages.of(
            recipients,
            context
                .readOptional(Table.PRODUCT_RECOMMENDATIONS)
                .orElseGet(() -> context.none(Table.PRODUCT_RECOMMENDATIONS)),
            context.read(Table.PRODUCTS),
            Set.copyOf(context.settings().recommend().rules().excludedForAnybody()),
            drafts);
    long rows = context.write(Table.CAMPAIGN_MESSAGES, written);
    long refused =
        rows == 0
            ? 0
            : context.read(Table.CAMPAIGN_MESSAGES).where(col(REFUSAL).isNotNull()).count();
    return JobOutcome.ok(
        String.format(
                Locale.ROOT, "%,d messages written, %,d of them refused", rows - refused, refused)
            + TextGenerators.fallbacks(drafts.values()));
  }
}
