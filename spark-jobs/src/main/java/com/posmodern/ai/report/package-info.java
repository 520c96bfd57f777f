/**
 * The report of the night: a text for the terminal and one HTML page that needs neither network nor
 * scripts.
 *
 * <p>{@code NightReport} holds the whole content; {@code TextSummary} and {@code HtmlPage} render
 * it, the page through the templates in {@code src/main/jte} (JTE, compiled into this package in
 * the build) and charts of JFreeChart; the {@code *Rows} classes collect a few rows of each table
 * into it. No paths, no files. Depends on {@code contract} and {@code model}.
 */
package com.posmodern.ai.report;
