/** Commands that fill the source tables: imports and the sample. */
package com.posmodern.ai.job.intake;
