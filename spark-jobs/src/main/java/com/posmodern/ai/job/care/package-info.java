/** Commands that keep a lake in order: maintenance and the erasure of a customer. */
package com.posmodern.ai.job.care;
