/**
 * Personal data (LGPD): what jobs may see of the source tables, customer pseudonyms and their key,
 * and how rows and texts that mention a customer are recognised.
 *
 * <p>Pure except for the environment variable that holds the key: datasets in, datasets out.
 * Depends on {@code contract} and {@code error} only; {@code outreach}, {@code job} and {@code cli}
 * alone use it.
 */
package com.posmodern.ai.privacy;
