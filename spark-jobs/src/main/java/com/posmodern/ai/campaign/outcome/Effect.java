package com.posmodern.ai.campaign.outcome;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * What a message brings per customer: the difference of two arms in spend after selection, adjusted
 * for spend before it (CUPED: Deng, Xu, Kohavi and Walker, "Improving the Sensitivity of Online
 * Controlled Experiments by Utilizing Pre-Experiment Data", WSDM 2013).
 *
 * @param estimate in currency per customer
 * @param standardError of the estimate
 * @param degreesOfFreedom by Welch and Satterthwaite
 * @param customers of both arms
 */
public record Effect(
    double estimate, double standardError, double degreesOfFreedom, long customers) {
  /** With fewer customers in an arm nothing is concluded. */
  public static final int FEWEST = 30;

  /** Estimates from the sums of two arms with at least {@link #FEWEST} customers each. */
  public static Effect of(ArmSums treated, ArmSums control) {
    double spread = treated.spreadBefore() + control.spreadBefore();
    double slope = spread > 0 ? (treated.together() + control.together()) / spread : 0;
    double difference =
        treated.meanAfter()
            - control.meanAfter()
            - slope * (treated.meanBefore() - control.meanBefore());
    double ofTreated = errorSquared(treated, slope);
    double ofControl = errorSquared(control, slope);
    double both = ofTreated + ofControl;
    double freedom =
        both > 0
            ? both
                * both
                / (ofTreated * ofTreated / (treated.customers() - 1)
                    + ofControl * ofControl / (control.customers() - 1))
            : treated.customers() + control.customers() - 2.0;
    return new Effect(
        difference, Math.sqrt(both), freedom, treated.customers() + control.customers());
  }

  /** Squared standard error of the arm's adjusted mean. */
  private static double errorSquared(ArmSums arm, double slope) {
    double spread =
        arm.spreadAfter() - 2 * slope * arm.together() + slope * slope * arm.spreadBefore();
    return Math.max(0, spread) / (arm.customers() - 1) / arm.customers();
  }

  /** Half the width of the confidence interval, for one look at the end. */
  public double margin(double confidence) {
    return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + confidence) / 2)
        * standardError;
  }

  /**
   * Half the width of an interval that holds the truth however often it is looked at: an asymptotic
   * confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central
   * limit theory and asymptotic confidence sequences", Annals of Statistics 2024, equation 3).
   *
   * @param sharpest number of customers at which the interval is narrowest, chosen beforehand
   */
  public double sequentialMargin(double confidence, double sharpest) {
    double alpha = 1 - confidence;
    double doubled = -2 * Math.log(alpha);
    double mixing = (doubled + Math.log(doubled + 1)) / sharpest;
    double scaled = customers * mixing + 1;
    return standardError
        * Math.sqrt(2 * scaled / (customers * mixing) * Math.log(Math.sqrt(scaled) / alpha));
  }
}
