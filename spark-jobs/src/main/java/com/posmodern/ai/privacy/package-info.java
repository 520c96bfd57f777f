/**
 * Personal data (LGPD): what of the source tables the jobs may see, the pseudonyms of customers and
 * the key they are made with, and how rows and texts that name a customer are recognised.
 *
 * <p>Pure but for the one environment variable that holds the key: a dataset in, a dataset out.
 * Depends on {@code contract} and {@code error} only; {@code job} and {@code cli} alone use it.
 */
package com.posmodern.ai.privacy;
