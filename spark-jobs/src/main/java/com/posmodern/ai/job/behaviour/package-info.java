/** The jobs of the command behaviour: what follows what, and what was out of the ordinary. */
package com.posmodern.ai.job.behaviour;
