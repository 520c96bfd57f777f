package com.posmodern.ai.outreach;

import java.io.IOException;

/** Asked before each group of messages leaves, about once a second. */
@FunctionalInterface
interface StopSwitch {
  boolean isThrown() throws IOException;
}
