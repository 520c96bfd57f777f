/**
 * Weather services on the network: what was measured at a position, and what is expected there.
 *
 * <p>Does I/O: asks a service by HTTP, at its pace, with a key from the environment. The lake is
 * not touched: {@code job} turns the answers into rows. Depends on {@code config}, {@code contract}
 * and {@code error}.
 */
package com.posmodern.ai.source.api;
