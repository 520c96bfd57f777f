/**
 * Who tells how much a term is asked for or talked about: delimited files and feeds. Which products
 * and categories a term is about, the settings say.
 *
 * <p>Does I/O through the file reader of {@code source.events}. The lake is not touched: {@code
 * job} turns the answers into rows. Depends on {@code config}, {@code error} and {@code
 * source.events}.
 */
package com.posmodern.ai.source.trends;
