package com.posmodern.ai.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All that the page of the campaigns shows.
 *
 * @param campaigns by name
 * @param together what all campaigns have earned together; empty while nothing is known
 * @param recommended what became of recommended products, all of them first; empty where nothing is
 *     measured
 * @param models how well propensities and uplift keep what they say
 */
public record CampaignReport(
    LocalDate asOf,
    String runId,
    String lake,
    List<CampaignPart> campaigns,
    List<ArmResult> together,
    List<RecommendationPart> recommended,
    CampaignModels models) {

  /**
   * One campaign.
   *
   * @param funnel of tonight; empty where it selected nobody
   * @param messages examples, one per variant and channel
   * @param refusals messages of tonight that were refused, by reason
   * @param sending what became of all its messages so far; empty while none was attempted
   * @param arms results so far, variants first
   */
  public record CampaignPart(
      String id,
      List<FunnelStep> funnel,
      List<SampleMessage> messages,
      List<Refusal> refusals,
      List<SendingStep> sending,
      List<ArmResult> arms) {

    /** Customers who went through the funnel. */
    public long customers() {
      return funnel.stream().mapToLong(FunnelStep::customers).sum();
    }

    /** Customers whom it selected tonight, controls among them. */
    public long selected() {
      return funnel.stream().filter(FunnelStep::isSelected).mapToLong(FunnelStep::customers).sum();
    }

    /** Scale of the intervals: the farthest end of any. */
    public double scale() {
      return ArmResult.scale(arms);
    }
  }

  /** Customers with one verdict. */
  public record FunnelStep(String verdict, long customers) {
    private static final String SELECTED = "SELECTED_";

    boolean isSelected() {
      return verdict.startsWith(SELECTED);
    }

    String label() {
      if (!isSelected()) {
        return Figures.words(verdict);
      }
      String arm = verdict.substring(SELECTED.length());
      return switch (arm) {
        case "CONTROL" -> "selected: control, no message";
        case "HOLDOUT" -> "selected: global holdout, no message";
        default -> "selected: variant " + arm;
      };
    }
  }

  /** A message as it would be sent. */
  public record SampleMessage(
      String arm,
      String channel,
      String language,
      Optional<String> subject,
      String body,
      String generator) {}

  /** How many messages were refused, and why. */
  public record Refusal(String reason, long messages) {}

  /**
   * Messages with one outcome: over all runs when they were attempted, of the last run otherwise.
   */
  public record SendingStep(String outcome, long messages) {
    String label() {
      return Figures.words(outcome);
    }
  }

  /**
   * What an arm has earned.
   *
   * @param margin revenue less purchase cost, of products whose cost is known
   */
  public record ArmResult(
      String arm,
      long customers,
      long sent,
      long opened,
      long clicked,
      long unsubscribed,
      double conversion,
      double revenue,
      double cost,
      Optional<Double> margin,
      Optional<Double> incremental,
      Optional<Double> lower,
      Optional<Double> upper,
      Optional<Double> returnOnInvestment,
      Optional<String> stopReason) {

    /** Whether the purchase cost of anything is known that one of them bought. */
    static boolean haveMargins(List<ArmResult> arms) {
      return arms.stream().anyMatch(arm -> arm.margin().isPresent());
    }

    /** The farthest end of any interval from zero. */
    static double scale(List<ArmResult> arms) {
      return arms.stream()
          .filter(arm -> arm.incremental().isPresent())
          .mapToDouble(arm -> Math.max(Math.abs(arm.lower().get()), Math.abs(arm.upper().get())))
          .max()
          .orElse(0);
    }
  }
}
