package com.posmodern.ai.job.campaign;

import com.posmodern.ai.aws.Bedrock;
import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.campaign.text.Draft;
import com.posmodern.ai.campaign.text.Guard;
import com.posmodern.ai.campaign.text.ModelGenerator;
import com.posmodern.ai.campaign.text.ModelGuard;
import com.posmodern.ai.campaign.text.ProductWords;
import com.posmodern.ai.campaign.text.TemplateGenerator;
import com.posmodern.ai.campaign.text.TextGenerator;
import com.posmodern.ai.campaign.text.TextModel;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.CampaignSettings.Generator;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Who writes the texts of a night. */
final class TextGenerators {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private TextGenerators() {}

  /**
   * As {@code campaign.generator} says.
   *
   * @throws com.posmodern.ai.error.PosException usage when Bedrock is asked for and AWS's
   *     credentials are missing
   */
  static TextGenerator of(JobContext context, Map<Language, CampaignTexts> texts, Guard guard) {
    CampaignSettings settings = context.settings().campaign();
    TextGenerator templates = new TemplateGenerator(texts, guard, settings.folder());
    Generator generator = settings.generator();
    return switch (generator.kind()) {
      case TEMPLATE -> templates;
      case BEDROCK ->
          new ModelGenerator(
              model(generator),
              "bedrock " + generator.model(),
              templates,
              texts,
              new ModelGuard(guard, ProductWords.of(context.read(Table.PRODUCTS))),
              new LakeAnswers(context),
              generator.most());
    };
  }

  private static TextModel model(Generator settings) {
    Bedrock bedrock =
        new Bedrock(
            settings.url(),
            settings.region(),
            settings.model(),
            settings.mostTokens(),
            settings.attempts(),
            Duration.ofSeconds(settings.timeoutSeconds()),
            FIRST_PAUSE,
            SignedRequests.open(System::getenv, InstantSource.system()));
    return question -> {
      Bedrock.Reply reply = bedrock.converse(question.rules(), question.task());
      return new TextModel.Answer(reply.text(), reply.absence());
    };
  }

  /** What a report says of drafts that are not by the generator asked for; else empty. */
  static String fallbacks(Collection<Draft> drafts) {
    long instead = drafts.stream().filter(draft -> !draft.fallbackReason().isEmpty()).count();
    return instead == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "; %,d of %,d texts are the template's, the first because %s",
            instead,
            drafts.size(),
            drafts.stream()
                .map(Draft::fallbackReason)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElseThrow());
  }
}
