package com.posmodern.ai.source.trends;

import java.time.LocalDate;

/**
 * How much a term was asked for or talked about on a day.
 *
 * @param term as the settings write it
 * @param value in the source's own scale, not negative
 */
public record TrendSignal(String term, LocalDate day, double value) {}
