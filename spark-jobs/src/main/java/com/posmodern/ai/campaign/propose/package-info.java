/**
 * Campaigns that the night suggests: goods of which there is too much and that somebody wants, a
 * segment that stays away, a category that customers are due for. Each is a draft for a person to
 * look at; none is ever switched on here.
 *
 * <p>Datasets in, drafts out; no files. Depends on {@code contract} and {@code config}.
 */
package com.posmodern.ai.campaign.propose;
