package com.posmodern.ai.campaign.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Has a model write the texts: one question per campaign, segment and variant. Whatever is wrong
 * with the answer, or that there is none, the template's text is taken, with the reason.
 */
public final class ModelGenerator implements TextGenerator {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern FENCED =
      Pattern.compile("\\s*```(?:json)?\\s*(\\{.*})\\s*```\\s*", Pattern.DOTALL);
  private static final int LONGEST = 20_000;

  /** After so many questions without an answer the model counts as away for the rest of the run. */
  private static final int PATIENCE = 2;

  private final TextModel model;
  private final String name;
  private final TextGenerator templates;
  private final Map<Language, CampaignTexts> texts;
  private final ModelGuard guard;
  private final KeptAnswers kept;
  private final int most;
  private final Map<String, TextModel.Answer> answers = new HashMap<>();
  private int asked;
  private int unanswered;

  /**
   * @param name of the model, which is part of what an answer is kept by
   * @param templates writes what the model may not
   * @param most questions of one run
   */
  public ModelGenerator(
      TextModel model,
      String name,
      TextGenerator templates,
      Map<Language, CampaignTexts> texts,
      ModelGuard guard,
      KeptAnswers kept,
      int most) {
    this.model = model;
    this.name = name;
    this.templates = templates;
    this.texts = Map.copyOf(texts);
    this.guard = guard;
    this.kept = kept;
    this.most = most;
  }

  @Override
  public Draft write(Brief brief) {
    Draft template = templates.write(brief);
    Campaign campaign = brief.campaign();
    CampaignTexts own = texts.get(campaign.language());
    CampaignTexts.Text example = own.of(campaign.goal(), brief.variant()).orElseThrow();
    TextModel.Question question = Prompt.of(brief, example);
    TextModel.Answer answer =
        answers.computeIfAbsent(
            key(name, question.rules(), question.task()), key -> answer(key, question));
    if (answer.text().isEmpty()) {
      return instead(template, answer.absence());
    }
    Optional<Draft> draft = read(answer.text().get(), brief.channel());
    if (draft.isEmpty()) {
      return instead(template, "the answer is not the JSON that was asked for");
    }
    List<String> findings = guard.findings(draft.get(), template.body(), brief, own);
    return findings.isEmpty() ? draft.get() : instead(template, String.join("; ", findings));
  }

  private static Draft instead(Draft template, String why) {
    return new Draft(template.subject(), template.body(), template.generator(), why);
  }

  private TextModel.Answer answer(String key, TextModel.Question question) {
    Optional<String> before = kept.find(key);
    if (before.isPresent()) {
      return new TextModel.Answer(before, "");
    }
    if (unanswered >= PATIENCE) {
      return new TextModel.Answer(Optional.empty(), "the model did not answer earlier questions");
    }
    if (asked >= most) {
      return new TextModel.Answer(
          Optional.empty(), "a run asks for at most %d texts".formatted(most));
    }
    asked++;
    TextModel.Answer answer = model.ask(question);
    answer.text().ifPresent(text -> kept.keep(key, text));
    unanswered = answer.text().isPresent() ? 0 : unanswered + 1;
    return answer;
  }

  private Optional<Draft> read(String text, Channel channel) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher fenced = FENCED.matcher(text);
    try {
      JsonNode read = JSON.readTree(fenced.matches() ? fenced.group(1) : text);
      JsonNode body = read.path(channel == Channel.SMS ? "brief" : "body");
      JsonNode subject = read.path("subject");
      return read.size() == 3
              && read.has("body")
              && read.has("brief")
              && body.isTextual()
              && subject.isTextual()
          ? Optional.of(new Draft(subject.asText().strip(), body.asText().strip(), name, ""))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String key(String... parts) {
    // A character that no part holds keeps them apart.
    return DigestUtils.sha256Hex(String.join("\0", parts) + "\0");
  }
}
