/**
 * What runs a night: the plan, the runner of a job, the job's context on a real lake, the ledger of
 * runs, the registry of models, the store of publications, and what becomes of old versions.
 *
 * <p>Knows no job by name. With {@code lake} and {@code job} the only place that does I/O; may
 * depend on {@code lake}, {@code publish}, {@code privacy}, {@code model}, {@code contract}, {@code
 * config} and {@code error}.
 */
package com.posmodern.ai.night;
