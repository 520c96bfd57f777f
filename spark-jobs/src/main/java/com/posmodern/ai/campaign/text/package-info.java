/**
 * What a message says: a text per campaign, segment and variant from a {@link
 * com.posmodern.ai.campaign.text.TextGenerator}, guarded, and filled in for each customer with
 * products of their own recommendations.
 *
 * <p>A generator never sees a customer, and its text has no price, date or product name in it:
 * these come from the tables, through fields. A language model behind {@link
 * com.posmodern.ai.campaign.text.TextModel} may write it; what it writes is guarded more strictly.
 *
 * <p>Pure; depends on {@code contract}, {@code config} and {@code error}.
 */
package com.posmodern.ai.campaign.text;
