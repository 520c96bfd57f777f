/**
 * What a person reads in the morning: the night as a text for the terminal and as one HTML page
 * that needs neither network nor scripts.
 *
 * <p>{@code NightReport} is the whole content as a value; {@code TextSummary} and {@code HtmlPage}
 * render it; the {@code *Rows} classes collect a few rows of each table into it. No paths, no
 * files. Depends on {@code contract} and {@code model}.
 */
package com.posmodern.ai.report;
