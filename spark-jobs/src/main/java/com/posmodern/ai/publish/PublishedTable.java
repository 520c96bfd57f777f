package com.posmodern.ai.publish;

import com.posmodern.ai.contract.Table;
import java.util.Optional;

/**
 * One result table as a publication holds it.
 *
 * @param deltaVersion Delta version that holds the rows
 * @param rows rows of the as-of date at that version
 * @param modelVersion version that made the rows; empty when several did
 * @param verdict what the gate said of that version, from {@code ops.model_registry}
 * @param skill its skill relative to the baseline
 */
public record PublishedTable(
    Table table,
    long deltaVersion,
    long rows,
    Optional<String> modelVersion,
    Optional<String> verdict,
    Optional<Double> skill) {}
