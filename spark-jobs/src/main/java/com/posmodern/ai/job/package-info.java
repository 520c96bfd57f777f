/**
 * The jobs of the night by area, each a thin shell (a declaration, inputs, pure functions, checks,
 * outputs), and the commands that a person runs beside the night. This package holds only the list
 * of jobs.
 *
 * <p>May depend on every other room but {@code cli}; the areas do not depend on each other.
 */
package com.posmodern.ai.job;
