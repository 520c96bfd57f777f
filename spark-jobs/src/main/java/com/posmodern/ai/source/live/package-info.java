/**
 * Events as they happen: {@link com.posmodern.ai.source.live.LandedEvents} opens the stream (files
 * of JSON lines, or Kafka), {@link com.posmodern.ai.source.live.JudgedEvents} types each event by
 * the contract of the table that it is for, and says why it cannot be used.
 *
 * <p>An event is a row of one table. {@code lake-schemas/events-v1.json} is what senders read; it
 * is made of the contracts. Nothing is written here. Depends on {@code contract} and {@code
 * config}.
 */
package com.posmodern.ai.source.live;
