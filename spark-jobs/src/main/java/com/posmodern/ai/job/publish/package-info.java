/** What readers see of a night: the publication, its report, and the command that goes back. */
package com.posmodern.ai.job.publish;
