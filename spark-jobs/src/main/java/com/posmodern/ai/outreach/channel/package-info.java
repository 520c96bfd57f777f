/**
 * Providers that carry messages, behind {@link com.posmodern.ai.outreach.channel.MessageChannel}:
 * requests by the JDK's HTTP client, and what their answers mean for a message that must be sent at
 * most once.
 *
 * <p>Knows neither Spark nor the lake. Depends on {@code aws}, {@code config} and {@code error}.
 */
package com.posmodern.ai.outreach.channel;
