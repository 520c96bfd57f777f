/** Commands that fill the source tables: imports, extracts from databases, and the sample. */
package com.posmodern.ai.job.intake;
