/**
 * Whom a campaign addresses: who may be, who fits the campaign's rules, which campaign gets a
 * customer when several want them, what the budget allows, and who is held out.
 *
 * <p>Selection comes before chance: customers of all arms, those who get no message as well, went
 * through the same rules, the same contest and the same budget. So an arm differs from its control
 * by the message alone. Datasets in, datasets out; no paths, no tables. Depends on {@code
 * contract}, {@code config} and {@code error}.
 */
package com.posmodern.ai.campaign.audience;
