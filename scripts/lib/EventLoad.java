import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Lands events at a steady rate, a file a second: {@code java EventLoad.java <folder> <events per
 * second> <seconds>}. Nine of ten are views and carts, one is a line of a receipt; one of fifty is
 * sent twice, one of two hundred cannot be read. Prints when each file landed and how many events
 * have landed by then.
 */
public final class EventLoad {
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int rate = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    String run = Long.toString(System.currentTimeMillis(), 36);
    SplittableRandom random = new SplittableRandom(7);
    long start = System.nanoTime();
    long number = 0;
    for (int second = 1; second <= seconds; second++) {
      Path half = folder.resolve(".half-" + second);
      try (BufferedWriter out = Files.newBufferedWriter(half)) {
        String last = "";
        for (int event = 0; event < rate; event++) {
          boolean repeated = event > 0 && random.nextInt(50) == 0;
          last = repeated ? last : line(run, number++, random);
          out.write(random.nextInt(200) == 0 ? "{\"event_id\":" : last);
          out.write('\n');
        }
      }
      long early = second * 1_000_000_000L - (System.nanoTime() - start);
      if (early > 0) {
        Thread.sleep(early / 1_000_000);
      }
      Files.move(half, folder.resolve("events-%s-%06d.json".formatted(run, second)), StandardCopyOption.ATOMIC_MOVE);
      System.out.printf(Locale.ROOT, "landed %.3f %d%n", System.currentTimeMillis() / 1000.0, (long) second * rate);
    }
  }

  private static String line(String run, long number, SplittableRandom random) {
    String id = "%s-%016d".formatted(run, number);
    String customer = "C%07d".formatted(random.nextInt(50_000));
    String product = "P%05d".formatted(random.nextInt(5_000));
    String head =
        "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"version\":1,\"occurred_at\":\"%s\",\"customer_id\":\"%s\",\"store_id\":\"S0%d\",\"product_id\":\"%s\""
            .formatted(id, random.nextInt(10) == 0 ? "sale_line" : random.nextInt(5) == 0 ? "cart_added" : "product_viewed", Instant.now(), customer, 1 + random.nextInt(2), product);
    return head
        + ",\"payload\":{\"sale_id\":\"%s\",\"line_no\":1,\"quantity\":1,\"unit_price\":9.90,\"discount\":0,\"channel\":\"online\"}}"
            .formatted(id);
  }
}
