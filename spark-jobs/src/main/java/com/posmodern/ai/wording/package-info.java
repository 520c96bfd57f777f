/**
 * Sentences that are read out to people, in every language that the tills speak: one bundle of
 * messages per language, and nothing said anywhere else.
 *
 * <p>Pure; depends on nothing.
 */
package com.posmodern.ai.wording;
