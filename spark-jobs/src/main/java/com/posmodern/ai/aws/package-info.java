/**
 * Requests to services of AWS over HTTPS, signed with Signature Version 4: for services whose SDK
 * module hadoop-aws does not bring, and whose retries would undo what a caller promises.
 *
 * <p>Does I/O. Depends on {@code error}; {@code outreach} and {@code job} use it.
 */
package com.posmodern.ai.aws;
