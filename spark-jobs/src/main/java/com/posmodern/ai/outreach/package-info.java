/**
 * Sending: which messages are due, the outbox, its journal, and answers back. The one room in which
 * a customer's number or address is known, at the moment of sending; none is logged, stored or
 * shown.
 *
 * <p>Does I/O: reads and writes the lake, and calls providers through {@code outreach.channel}.
 * Depends on {@code lake}, {@code aws}, {@code privacy}, {@code contract}, {@code config} and
 * {@code error}; {@code job} and {@code cli} alone use it.
 */
package com.posmodern.ai.outreach;
