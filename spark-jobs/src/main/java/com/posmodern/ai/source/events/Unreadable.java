package com.posmodern.ai.source.events;

/** Why an event or a line cannot be read; it is refused alone. */
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A reason.
   *
   * @param reason for people
   */
  public Unreadable(String reason) {
    super(reason);
  }
}
