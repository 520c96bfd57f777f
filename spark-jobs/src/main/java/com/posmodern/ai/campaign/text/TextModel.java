package com.posmodern.ai.campaign.text;

import java.util.Optional;

/** A language model that is asked for a text. */
@FunctionalInterface
public interface TextModel {
  /**
   * What the model is told; nothing of a person is in it.
   *
   * @param rules that hold for every text
   * @param task the text that is asked for
   */
  record Question(String rules, String task) {}

  /**
   * What came back.
   *
   * @param text empty when the model did not answer
   * @param absence why it did not; empty when it did
   */
  record Answer(Optional<String> text, String absence) {}

  /** Asks once. Never throws for what a network or a model does. */
  Answer ask(Question question);
}
