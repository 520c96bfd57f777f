package com.posmodern.ai.outreach;

import com.posmodern.ai.config.Campaign;
import java.util.List;

/**
 * What says whether a message may be sent and others than this program change: as long as it is
 * equal, so is the answer.
 *
 * @param customers Delta version of {@code source.customers}: consent, age, contacts
 * @param suppressions Delta version of {@code source.suppressions}; -1 while there is no such table
 * @param campaigns the files, switched on or not
 */
record Permissions(long customers, long suppressions, List<Campaign> campaigns) {}
