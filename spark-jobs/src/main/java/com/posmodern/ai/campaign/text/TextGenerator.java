package com.posmodern.ai.campaign.text;

/** Writes one text per campaign, segment, variant and channel. */
public interface TextGenerator {
  /**
   * A text for the brief that {@link Guard} accepts; the same one for the same brief.
   *
   * @throws com.posmodern.ai.error.PosException usage when there is none
   */
  Draft write(Brief brief);
}
