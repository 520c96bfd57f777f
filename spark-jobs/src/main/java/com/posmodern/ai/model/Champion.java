package com.posmodern.ai.model;

import java.time.LocalDate;

/** The version that may score: the newest one that the gate accepted up to the as-of date. */
public record Champion(String version, LocalDate asOf, double skill) {}
