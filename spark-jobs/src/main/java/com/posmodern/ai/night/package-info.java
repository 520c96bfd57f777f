/**
 * Runs a night: the plan, the job runner, the job's context on a real lake, the ledger of runs, the
 * model registry, the publication store, and the retention of old versions.
 *
 * <p>Knows no job by name. With {@code lake} and {@code job} the only place that does I/O; may
 * depend on {@code lake}, {@code publish}, {@code privacy}, {@code quality} (whether a day's sales
 * have arrived and are complete), {@code model}, {@code contract}, {@code config} and {@code
 * error}.
 */
package com.posmodern.ai.night;
