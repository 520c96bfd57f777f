package com.posmodern.ai.outreach;

/** Asked before each group of messages is written down, and right before each request. */
@FunctionalInterface
interface SendGate {
  /** Whether the rest of the batch has to stay. */
  boolean isShut();
}
