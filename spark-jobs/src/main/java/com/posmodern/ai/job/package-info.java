/**
 * The jobs of the night by area, each a thin shell (a declaration, inputs, pure functions, checks,
 * outputs), and the commands that a person runs beside the night. Here only their list.
 *
 * <p>May depend on every other room but {@code cli}; the areas do not know each other.
 */
package com.posmodern.ai.job;
