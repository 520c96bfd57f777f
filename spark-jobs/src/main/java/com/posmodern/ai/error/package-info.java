/**
 * How things go wrong: one exception that says what, where and what to do, and the exit code that
 * tells the kinds of failure apart.
 *
 * <p>Depends on nothing.
 */
package com.posmodern.ai.error;
