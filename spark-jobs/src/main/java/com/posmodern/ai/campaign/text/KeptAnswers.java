package com.posmodern.ai.campaign.text;

import java.util.Optional;

/** Answers of a model by what it was asked, so that the same question gets the same answer. */
public interface KeptAnswers {
  /**
   * The answer kept under a key.
   *
   * @param key hexadecimal digits
   */
  Optional<String> find(String key);

  /** Keeps an answer, good or not. */
  void keep(String key, String answer);
}
