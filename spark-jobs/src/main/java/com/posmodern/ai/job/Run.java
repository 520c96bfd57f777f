package com.posmodern.ai.job;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.privacy.PseudonymKey;
import java.time.LocalDate;

/**
 * One run of one or more jobs.
 *
 * @param id tells the runs of one as-of date apart
 * @param key makes the pseudonyms of customers
 * @param gitCommit of the code that runs
 */
public record Run(
    String id, LocalDate asOf, Settings settings, PseudonymKey key, String gitCommit) {}
