/**
 * Sources of events near the stores: ticket services on the network, calendars, files of a town;
 * and which stores an event concerns.
 *
 * <p>Does I/O through {@code source.api} and the file reader that it is given. The lake is not
 * touched: {@code job} turns the answers into rows. Depends on {@code config}, {@code error} and
 * {@code source.api}.
 */
package com.posmodern.ai.source.events;
