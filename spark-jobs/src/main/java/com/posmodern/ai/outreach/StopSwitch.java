package com.posmodern.ai.outreach;

import java.io.IOException;

/** Whether somebody ended all sending. */
@FunctionalInterface
interface StopSwitch {
  boolean isThrown() throws IOException;
}
