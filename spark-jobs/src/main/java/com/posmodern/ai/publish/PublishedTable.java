package com.posmodern.ai.publish;

import com.posmodern.ai.contract.Table;
import java.util.Optional;

/**
 * One result table of a publication.
 *
 * @param deltaVersion Delta version that holds the rows
 * @param rows rows of the as-of date at that version
 * @param modelVersion model version that produced the rows; empty when several did
 * @param verdict the gate's verdict on that version, from {@code ops.model_registry}
 * @param skill its skill relative to the baseline
 */
public record PublishedTable(
    Table table,
    long deltaVersion,
    long rows,
    Optional<String> modelVersion,
    Optional<String> verdict,
    Optional<Double> skill) {}
