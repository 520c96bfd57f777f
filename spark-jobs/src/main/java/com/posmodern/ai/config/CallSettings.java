package com.posmodern.ai.config;

/**
 * How gently a service on the network is asked.
 *
 * @param requestsPerMinute at most
 * @param attempts requests for one answer
 * @param firstPauseMillis before the second attempt; each further one is twice as long
 */
public record CallSettings(
    int requestsPerMinute, int attempts, int firstPauseMillis, int timeoutSeconds) {
  public CallSettings {
    SettingChecks.positive("requests_per_minute", requestsPerMinute);
    SettingChecks.positive("attempts", attempts);
    SettingChecks.positive("first_pause_millis", firstPauseMillis);
    SettingChecks.positive("timeout_seconds", timeoutSeconds);
  }
}
