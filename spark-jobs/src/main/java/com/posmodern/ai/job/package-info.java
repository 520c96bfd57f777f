/**
 * The jobs of the night, each a thin shell (declared inputs, pure functions, declared outputs), and
 * what runs them: the plan, the runner, the ledger of runs.
 *
 * <p>With {@code lake} the only place that does I/O; may depend on every other room but {@code
 * cli}.
 */
package com.posmodern.ai.job;
