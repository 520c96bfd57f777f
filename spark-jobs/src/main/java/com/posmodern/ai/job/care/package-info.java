/** Commands for operating a lake: maintenance and the erasure of a customer. */
package com.posmodern.ai.job.care;
