package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;

/**
 * What a text is asked for; nothing of a person is in it.
 *
 * @param segment name of the segment; empty when there is none
 * @param variant A, B …
 */
public record Brief(Campaign campaign, String segment, String variant, Channel channel) {}
