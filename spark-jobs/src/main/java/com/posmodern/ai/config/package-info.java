/**
 * What can be set: one record per section of {@code conf/*.yaml}, complete and validated when it is
 * read. There are no defaults in code; what holds is what the file says.
 *
 * <p>Depends on {@code error} and {@code contract}.
 */
package com.posmodern.ai.config;
