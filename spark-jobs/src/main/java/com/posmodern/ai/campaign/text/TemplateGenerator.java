package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.error.PosException;
import java.util.List;
import java.util.Map;

/**
 * Takes the texts that marketing wrote.
 *
 * @param texts by language
 * @param folder of the campaigns, for errors
 */
public record TemplateGenerator(Map<Language, CampaignTexts> texts, Guard guard, String folder)
    implements TextGenerator {
  public static final String NAME = "template";

  @Override
  public Draft write(Brief brief) {
    Language language = brief.campaign().language();
    String file = folder + "/texts/" + language.tag() + ".yaml";
    CampaignTexts.Text text =
        texts
            .get(language)
            .of(brief.campaign().goal(), brief.variant())
            .orElseThrow(
                () ->
                    PosException.usage(
                        "there is no text for goal %s, variant %s"
                            .formatted(brief.campaign().goal(), brief.variant()),
                        file,
                        "Write one, or set fewer variants in %s/%s.yaml."
                            .formatted(folder, brief.campaign().id())));
    Draft draft =
        new Draft(
            text.subject(), brief.channel() == Channel.SMS ? text.brief() : text.body(), NAME, "");
    List<String> findings = guard.findings(draft, language);
    if (!findings.isEmpty()) {
      throw PosException.usage(
          String.join("; ", findings),
          "%s %s, variant %s".formatted(file, brief.campaign().goal(), brief.variant()),
          "Correct the text; docs/marketing.md lists the fields.");
    }
    return draft;
  }
}
