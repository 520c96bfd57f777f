package com.posmodern.ai.campaign.uplift;

import com.posmodern.ai.config.PropensitySettings;

/**
 * What each arm spends is learnt first; then the difference of what customers spent and what the
 * other arm's trees expected of them; then both differences are weighed by the share of messages
 * (Künzel, Sekhon, Bickel and Yu, "Metalearners for estimating heterogeneous treatment effects
 * using machine learning", PNAS 2019, section X-learner). Made for arms of very different size, as
 * a control group is a tenth of its campaign.
 *
 * @param ofControls trees of what is spent without a message
 * @param ofTreated trees of what is spent with one
 * @param model the effect of a message
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of XGBoost's own format.
record XLearner(byte[] ofControls, byte[] ofTreated, UpliftModel model) {

  static XLearner train(UpliftRows rows, PropensitySettings settings) {
    UpliftTrees trees = new UpliftTrees(settings);
    UpliftRows treated = rows.where(row -> rows.treated()[row]);
    UpliftRows controls = rows.where(row -> !rows.treated()[row]);
    byte[] ofControls = trees.ofSpend(controls);
    byte[] ofTreated = trees.ofSpend(treated);
    double[] without = UpliftTrees.predict(ofControls, treated);
    float[] gained = new float[treated.size()];
    for (int row = 0; row < gained.length; row++) {
      gained[row] = (float) (treated.outcomes()[row] - without[row]);
    }
    double[] with = UpliftTrees.predict(ofTreated, controls);
    float[] missed = new float[controls.size()];
    for (int row = 0; row < missed.length; row++) {
      missed[row] = (float) (with[row] - controls.outcomes()[row]);
    }
    return new XLearner(
        ofControls,
        ofTreated,
        new UpliftModel(
            rows.width(),
            trees.ofEffect(treated, gained),
            trees.ofEffect(controls, missed),
            (double) treated.size() / rows.size()));
  }
}
