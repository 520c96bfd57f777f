package com.posmodern.ai.outreach;

import java.util.List;

/**
 * A batch of messages.
 *
 * @param permissions by which they were chosen, or older ones
 */
record Due(List<DueMessage> messages, Permissions permissions) {
  boolean isEmpty() {
    return messages.isEmpty();
  }
}
