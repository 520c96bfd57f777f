/**
 * The command line: the only main, its options (scopt), the exit codes.
 *
 * <p>May depend on every room; nothing depends on it.
 */
package com.posmodern.ai.cli;
