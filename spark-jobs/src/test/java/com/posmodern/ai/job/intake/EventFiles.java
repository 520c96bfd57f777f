package com.posmodern.ai.job.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Events as a shop sends them, and the files in which they land. */
final class EventFiles {
  private final Path landed;

  EventFiles(Path lake) throws IOException {
    this.landed = Files.createDirectories(lake.resolve("events/landed"));
  }

  Path folder() {
    return landed;
  }

  static String id(int number) {
    return String.format(Locale.ROOT, "event-%010d", number);
  }

  static String view(int number, Instant at) {
    return """
    {"event_id":"%s","event_type":"product_viewed","version":1,"occurred_at":"%s","customer_id":"C%d","product_id":"P%d"}"""
        .formatted(id(number), at, number % 7, number % 5);
  }

  static String sale(int number, Instant at, String payload) {
    return """
    {"event_id":"%s","event_type":"sale_line","version":1,"occurred_at":"%s","customer_id":"C1","store_id":"S1","product_id":"P1","payload":{%s}}"""
        .formatted(id(number), at, payload);
  }

  static String sale(int number, Instant at) {
    return sale(
        number,
        at,
        """
        "sale_id":"R%d","line_no":1,"quantity":2,"unit_price":3.50,"discount":0,"channel":"store\""""
            .formatted(number)
            .strip());
  }

  static String review(int number, Instant at, String text) {
    return """
    {"event_id":"%s","event_type":"review_written","version":1,"occurred_at":"%s","customer_id":"C1","product_id":"P1","payload":{"rating":5,"review_text":"%s"}}"""
        .formatted(id(number), at, text);
  }

  /** A file appears whole, as receivers make it. */
  void land(String name, List<String> lines) throws IOException {
    Path whole = landed.resolve(name);
    Files.createDirectories(whole.getParent());
    Path half = whole.resolveSibling("." + whole.getFileName() + ".half");
    String text = String.join("\n", lines) + "\n";
    try (OutputStream file = Files.newOutputStream(half);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.move(half, whole);
  }
}
