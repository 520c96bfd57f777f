/** Commands for operating a lake: maintenance, and the erasure and the export of a customer. */
package com.posmodern.ai.job.care;
