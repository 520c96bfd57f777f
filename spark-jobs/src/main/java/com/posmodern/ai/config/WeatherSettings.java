package com.posmodern.ai.config;

/**
 * Which weather service is asked, and how gently.
 *
 * @param url of the service, without a slash at its end; empty: its own
 * @param historyDays past days that are asked for when the lake has none
 * @param requestsPerMinute at most
 * @param attempts requests for one answer
 * @param firstPauseMillis before the second attempt; each further one is twice as long
 */
public record WeatherSettings(
    Provider provider,
    String url,
    int historyDays,
    int requestsPerMinute,
    int attempts,
    int firstPauseMillis,
    int timeoutSeconds) {

  /** The services. */
  public enum Provider {
    OPEN_METEO,
    OPENWEATHER
  }

  public WeatherSettings {
    if (!url.isEmpty()) {
      SettingChecks.address("url", url);
      SettingChecks.that(url.matches("[^?#]*[^?#/]"), "url", "end with host, port or path");
    }
    SettingChecks.notNegative("history_days", historyDays);
    calls(requestsPerMinute, attempts, firstPauseMillis, timeoutSeconds);
  }

  /** How gently the service is asked. */
  public CallSettings calls() {
    return calls(requestsPerMinute, attempts, firstPauseMillis, timeoutSeconds);
  }

  private static CallSettings calls(int perMinute, int attempts, int pause, int timeout) {
    return new CallSettings(perMinute, attempts, pause, timeout);
  }
}
