package com.posmodern.ai.behaviour.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An alert as it stands after a change.
 *
 * @param detectedAt the moment, by the times of the sales, at which it was found
 * @param notifiedAt when it was told; empty while it was not
 */
public record Alert(
    String id, Finding finding, State state, Instant detectedAt, Optional<Instant> notifiedAt) {
  private static final int ID_LENGTH = 16;

  /** Whether it is still so. */
  public enum State {
    OPEN,
    CLOSED
  }

  static Alert opened(Finding finding) {
    return new Alert(id(finding), finding, State.OPEN, finding.foundAt(), Optional.empty());
  }

  Alert in(State other) {
    return new Alert(id, finding, other, detectedAt, notifiedAt);
  }

  public Alert notified(Instant at) {
    return new Alert(id, finding, state, detectedAt, Optional.of(at));
  }

  private static String id(Finding finding) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((finding.key() + "/" + finding.beganAt()).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
