package com.posmodern.ai.campaign.text;

import java.io.Serializable;

/**
 * A text with its fields open.
 *
 * @param generator who wrote it
 * @param fallbackReason why the generator asked for did not; empty when it did
 */
public record Draft(String subject, String body, String generator, String fallbackReason)
    implements Serializable {}
