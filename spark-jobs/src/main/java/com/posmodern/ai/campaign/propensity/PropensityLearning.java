package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.campaign.propensity.PropensityData.Cuts;
import com.posmodern.ai.campaign.propensity.PropensityData.Span;
import com.posmodern.ai.campaign.propensity.PropensityTraining.Trained;
import com.posmodern.ai.config.PropensitySettings;
import java.time.LocalDate;
import java.util.Optional;

/** Learns one kind after the other from the same customers. */
public final class PropensityLearning {
  private final PropensityData data;
  private final Span span;
  private final LocalDate asOf;
  private final PropensitySettings settings;

  public PropensityLearning(
      PropensityData data, Span span, LocalDate asOf, PropensitySettings settings) {
    this.data = data;
    this.span = span;
    this.asOf = asOf;
    this.settings = settings;
  }

  /**
   * The outcome for a kind.
   *
   * @param obstacle why nothing was trained; empty when something was
   * @param examples rows trained and judged on; empty when nothing was
   */
  public record Learnt(String obstacle, Optional<Trained> trained, Optional<LearntRows> examples) {}

  /** Trains and judges one kind. */
  public Learnt learn(PropensityKind kind) {
    if (kind == PropensityKind.RESPOND && !data.knowsOffers() && !span.promoted()) {
      return nothing(
          kind.model() + ": the lake knows of no offers (source.campaign_events, promotions)");
    }
    Cuts cuts = data.cuts(kind, asOf, span.first());
    if (cuts.trained().isEmpty()) {
      return nothing(kind.model() + ": the history since " + span.first() + " is too short");
    }
    Examples rows =
        ExampleRows.of(
            data.labelled(kind, cuts.all()),
            kind.features(),
            cuts.judged(),
            settings.trainingRows(),
            settings.seed());
    int judged = (int) cuts.judged().toEpochDay();
    Examples past = rows.where(row -> rows.cuts()[row] < judged);
    Examples later = rows.where(row -> rows.cuts()[row] == judged);
    PropensityTraining training = new PropensityTraining(kind, settings);
    String obstacle = training.obstacle(past, later);
    if (!obstacle.isEmpty()) {
      return nothing(obstacle);
    }
    Trained trained = training.train(past, later);
    return new Learnt(
        "", Optional.of(trained), Optional.of(new LearntRows(kind, past, later, trained.judged())));
  }

  private static Learnt nothing(String why) {
    return new Learnt(why, Optional.empty(), Optional.empty());
  }
}
