package com.posmodern.ai.behaviour.live;

import com.posmodern.ai.behaviour.live.Alert.State;
import com.posmodern.ai.config.LiveSettings.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes alerts of findings: what is found again and again is one alert, and one that comes back
 * within the quiet period is the same as before. One per store, kind and item is kept, and
 * forgotten when it has been closed for so long.
 */
public final class Alerts {
  /** Found and not found in turns is still the same. */
  private static final Duration CALM = Duration.ofMinutes(15);

  private record Kept(Alert alert, Instant lastFound) {}

  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Duration quiet;

  public Alerts(Watch settings) {
    this.quiet = Duration.ofMinutes(settings.quietMinutes());
  }

  /** Takes up what a former run left. */
  public void restore(Alert alert, Instant changed) {
    kept.put(alert.finding().key(), new Kept(alert, changed));
  }

  /**
   * What changes.
   *
   * @param now by the times of the sales
   * @return alerts that open, open again or close
   */
  public List<Alert> changed(List<Finding> findings, Instant now) {
    List<Alert> changed = new ArrayList<>();
    kept.values()
        .removeIf(
            one -> one.alert.state() == State.CLOSED && one.lastFound.plus(quiet).isBefore(now));
    for (Finding finding : findings) {
      Kept before = kept.get(finding.key());
      Alert alert = before == null ? Alert.opened(finding) : before.alert.in(State.OPEN);
      if (before == null || before.alert.state() == State.CLOSED) {
        changed.add(alert);
      }
      kept.put(finding.key(), new Kept(alert, now));
    }
    for (Map.Entry<String, Kept> each : kept.entrySet()) {
      Kept one = each.getValue();
      // After a stop the first receipt says that it is over.
      Duration calm = one.alert.finding().kind() == AlertKind.STOP ? Duration.ZERO : CALM;
      if (one.alert.state() == State.OPEN && one.lastFound.plus(calm).isBefore(now)) {
        Alert closed = one.alert.in(State.CLOSED);
        changed.add(closed);
        each.setValue(new Kept(closed, one.lastFound));
      }
    }
    return changed;
  }

  /** Remembers that an alert was told. */
  public void told(Alert alert) {
    kept.computeIfPresent(
        alert.finding().key(), (key, before) -> new Kept(alert, before.lastFound));
  }

  /** The alerts that are open. */
  public Collection<Alert> open() {
    return kept.values().stream()
        .map(Kept::alert)
        .filter(alert -> alert.state() == State.OPEN)
        .toList();
  }
}
