package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;

/**
 * An incident of one item.
 *
 * @param store where, {@link DemandAnomalies#ALL} of what the stores have in common
 * @param incident days are indices of the item's days
 * @param money at stake, in currency
 */
record FoundIncident(
    String store, Measure measure, Incident incident, double money, Cause.Found cause) {}
