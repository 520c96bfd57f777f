/**
 * The command line: the only main method, its options (parsed by scopt) and the exit codes.
 *
 * <p>May depend on every room; nothing depends on it.
 */
package com.posmodern.ai.cli;
