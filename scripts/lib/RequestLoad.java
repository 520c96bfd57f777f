import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests at a steady rate, whether or not earlier ones were answered: {@code java
 * RequestLoad.java <url> <requests per second> <seconds> [token]}. Each holds one event. Prints how
 * many were answered as they should, and how long the answers took from when they were due.
 */
public final class RequestLoad {
  public static void main(String[] arguments) throws Exception {
    URI url = URI.create(arguments[0]);
    int rate = Integer.parseInt(arguments[1]);
    int requests = rate * Integer.parseInt(arguments[2]);
    String token = arguments.length > 3 ? arguments[3] : "none";
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    double[] millis = new double[requests];
    AtomicInteger good = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch open = new CountDownLatch(requests);
    String run = Long.toString(System.currentTimeMillis(), 36);
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      long due = start + i * 1_000_000_000L / rate;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
      }
      int number = i;
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(Duration.ofSeconds(30))
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofString(event(run, i)))
              .build();
      client
          .sendAsync(request, BodyHandlers.discarding())
          .whenComplete(
              (answer, error) -> {
                millis[number] = (System.nanoTime() - due) / 1e6;
                (error == null && answer.statusCode() / 100 == 2 ? good : failed).incrementAndGet();
                open.countDown();
              });
    }
    open.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%d requests in %.1f s: %.0f a second, %d answered with 2xx, %d not; ms from due to answer: p50 %.1f, p95 %.1f,"
            + " p99 %.1f, longest %.0f%n",
        requests,
        seconds,
        requests / seconds,
        good.get(),
        failed.get(),
        millis[requests / 2],
        millis[(int) (requests * 0.95)],
        millis[(int) (requests * 0.99)],
        millis[requests - 1]);
  }

  private static String event(String run, int number) {
    return "{\"event_id\":\"%s-%016d\",\"event_type\":\"product_viewed\",\"version\":1,\"occurred_at\":\"%s\",\"customer_id\":\"C%07d\",\"product_id\":\"P%05d\"}"
        .formatted(run, number, Instant.now(), number % 50_000, number % 5_000);
  }
}
