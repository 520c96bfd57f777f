package com.posmodern.ai.model;

import java.util.Optional;

/**
 * A trained version after the gate.
 *
 * @param champion the version in use from now on; empty when none has ever been accepted
 * @param verdict why, in words
 */
public record ModelVersion(
    String version, boolean accepted, Optional<Champion> champion, String verdict) {}
