package com.posmodern.ai.config;

import com.posmodern.ai.config.Campaign.Goal;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.Campaign.Tone;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of one language, as marketing writes them: {@code
 * conf/campaigns/texts/<language>.yaml}.
 *
 * @param tones how each tone opens and ends a message
 * @param optOut sentence that says how to stop messages; part of each message
 * @param texts one per goal and variant
 */
public record CampaignTexts(Map<Tone, Address> tones, String optOut, List<Text> texts)
    implements Serializable {
  private static final String FOLDER = "texts";

  /** Opening and ending of a message. */
  public record Address(String greeting, String closing) implements Serializable {}

  /**
   * A text with fields in double braces; docs/marketing.md lists them.
   *
   * @param variant A, B …
   * @param subject of an e-mail
   * @param body of all channels but SMS
   * @param brief the same for SMS, in one message of 160 characters
   */
  public record Text(Goal goal, String variant, String subject, String body, String brief)
      implements Serializable {
    public Text {
      SettingChecks.that(variant.matches("[A-D]"), "variant", "be A, B, C or D, is " + variant);
      SettingChecks.text("subject", subject);
      SettingChecks.text("body", body);
      SettingChecks.text("brief", brief);
    }
  }

  public CampaignTexts {
    for (Tone tone : Tone.values()) {
      SettingChecks.that(tones.containsKey(tone), "tones", "say greeting and closing of " + tone);
    }
    tones = Map.copyOf(tones);
    SettingChecks.text("opt_out", optOut);
    texts = List.copyOf(texts);
  }

  /** The text of a goal's variant. */
  public Optional<Text> of(Goal goal, String variant) {
    return texts.stream()
        .filter(text -> text.goal() == goal && text.variant().equals(variant))
        .findFirst();
  }

  /** The file of a language. */
  public static Path file(Path folder, Language language) {
    return folder.resolve(FOLDER).resolve(language.tag() + ".yaml");
  }

  /**
   * Reads the texts of a language.
   *
   * @throws com.posmodern.ai.error.PosException usage, naming file and key
   */
  public static CampaignTexts read(Path folder, Language language) {
    return SettingsReader.read(file(folder, language), CampaignTexts.class);
  }
}
