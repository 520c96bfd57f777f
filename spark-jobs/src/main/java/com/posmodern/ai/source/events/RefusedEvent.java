package com.posmodern.ai.source.events;

/**
 * An event that cannot be used.
 *
 * @param key its id, or where it was read
 * @param told what the source told of it, in JSON
 */
public record RefusedEvent(String key, String reason, String told) {}
