package com.posmodern.ai.model;

import java.time.LocalDate;

/**
 * The version in use: the newest one that the gate accepted up to the as-of date.
 *
 * @param recentSkill mean skill of the versions that were accepted within the champion's maximum
 *     age; NaN when there is none, since the champion itself is older
 */
public record Champion(String version, LocalDate asOf, double recentSkill) {}
