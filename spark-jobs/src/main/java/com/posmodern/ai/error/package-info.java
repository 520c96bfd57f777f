/**
 * Errors: one exception that states what is wrong, where and what to do, and the exit code for each
 * kind of failure.
 *
 * <p>Depends on nothing.
 */
package com.posmodern.ai.error;
