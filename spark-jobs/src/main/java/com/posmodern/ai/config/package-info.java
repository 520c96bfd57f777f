/**
 * The settings: one record per section of {@code conf/*.yaml}, complete and validated when it is
 * read. There are no defaults in the code; every value comes from the file.
 *
 * <p>Depends on {@code error} only.
 */
package com.posmodern.ai.config;
