package com.posmodern.ai.outreach;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts for good when the kill switch is thrown, or when consent, suppressions or campaigns are no
 * longer those by which the batch was chosen: the batch is then read again. Looks at most four
 * times a second, as each look lists two tables' logs.
 */
final class BatchGate implements SendGate {
  private static final Logger LOG = LoggerFactory.getLogger(BatchGate.class);
  private static final long BETWEEN = Duration.ofMillis(250).toNanos();

  private final StopSwitch stop;
  private final Supplier<Permissions> now;
  private final Permissions chosenBy;
  private long looked;
  private boolean hasLooked;
  private boolean shut;

  BatchGate(StopSwitch stop, Supplier<Permissions> now, Permissions chosenBy) {
    this.stop = stop;
    this.now = now;
    this.chosenBy = chosenBy;
  }

  @Override
  public synchronized boolean isShut() {
    if (!shut && (!hasLooked || System.nanoTime() - looked >= BETWEEN)) {
      shut = isOver();
      looked = System.nanoTime();
      hasLooked = true;
    }
    return shut;
  }

  /**
   * Whether anything changed. What cannot be asked is not permitted: messages whose intent is
   * stored are then held back rather than left in doubt, and the run asks again before it goes on.
   */
  private boolean isOver() {
    try {
      return stop.isThrown() || !now.get().equals(chosenBy);
    } catch (IOException | PosException e) {
      LOG.warn("The rest of the batch is held back, as nobody can say whether it may be sent", e);
      return true;
    }
  }
}
