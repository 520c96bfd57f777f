/**
 * What readers see of a night: the publication, the report, and the command that switches back to
 * an earlier publication.
 */
package com.posmodern.ai.job.publish;
