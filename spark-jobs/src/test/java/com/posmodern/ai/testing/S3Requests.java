package com.posmodern.ai.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a program asked of S3, as IAM names it: action and resource, to the second folder. The
 * requests of each role are kept in {@code conf/aws/requests.txt}; the tests of the templates hold
 * the roles to exactly these.
 */
public final class S3Requests implements FaultyProxy.Fates {
  private static final Path KEPT =
      Path.of(System.getProperty("repository.root"), "conf/aws/requests.txt");
  private static final Pattern DELETED = Pattern.compile("<Key>([^<]+)</Key>");

  private final FaultyProxy.Fates fates;
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  /**
   * Records.
   *
   * @param fates what becomes of the requests
   */
  public S3Requests(FaultyProxy.Fates fates) {
    this.fates = fates;
  }

  @Override
  public FaultyProxy.Fate of(String method, String path, long number) {
    return fates.of(method, path, number);
  }

  /** Forgets what came before the program that counts. */
  public void clear() {
    asked.clear();
  }

  @Override
  public void heard(String method, URI address, byte[] body) {
    String[] parts = address.getPath().substring(1).split("/", 2);
    String key = parts.length == 1 ? "" : parts[1];
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    if (!key.isEmpty()) {
      asked.add(action(method, query) + " " + place(key));
    } else if (method.equals("POST")) {
      Matcher keys = DELETED.matcher(new String(body, UTF_8));
      while (keys.find()) {
        asked.add("s3:DeleteObject " + place(keys.group(1)));
      }
    } else {
      asked.add(("s3:ListBucket " + place(prefix(query))).strip());
    }
  }

  private static String action(String method, String query) {
    boolean multipart = query.contains("uploadId=") || query.equals("uploads");
    return switch (method) {
      case "GET", "HEAD" -> multipart ? "s3:ListMultipartUploadParts" : "s3:GetObject";
      case "PUT", "POST" -> "s3:PutObject";
      case "DELETE" -> multipart ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
      default -> throw new IllegalArgumentException("no action of S3 for " + method);
    };
  }

  private static String prefix(String query) {
    return Stream.of(query.split("&"))
        .filter(word -> word.startsWith("prefix="))
        .map(word -> URLDecoder.decode(word.substring("prefix=".length()), UTF_8))
        .findFirst()
        .orElse("");
  }

  /** The folders that roles differ in: lake/results/*, reports/*. */
  private static String place(String key) {
    String[] parts = key.split("/");
    int named = parts[0].equals("lake") ? 2 : 1;
    return parts.length <= named ? key : String.join("/", List.of(parts).subList(0, named)) + "/*";
  }

  /**
   * Requires the file to hold just these for the role, the lease's aside, or writes them with
   * {@code POS_GOLDEN=write}.
   */
  public void assertKept(String role) throws IOException {
    Set<String> lines = new TreeSet<>();
    asked.forEach(request -> lines.add(role + " " + request));
    List<String> all = Files.exists(KEPT) ? Files.readAllLines(KEPT) : List.of();
    List<String> kept = all.stream().filter(line -> line.startsWith(role + " ")).toList();
    if ("write".equals(System.getenv("POS_GOLDEN"))) {
      Set<String> sorted = new TreeSet<>(lines);
      all.stream()
          .filter(line -> !line.startsWith(role + " ") && !line.startsWith("#"))
          .forEach(sorted::add);
      List<String> text = new ArrayList<>();
      text.add(
          "# What each role asks of S3, recorded from whole runs; AwsRequestsTest and NightEndToEndTest keep it");
      text.add("# (POS_GOLDEN=write), dags/tests/test_aws.py holds conf/aws/compute.yaml to it.");
      text.addAll(sorted);
      Files.write(KEPT, text);
      return;
    }
    assertThat(kept).as("requests of " + role + " in " + KEPT).containsAll(lines);
    // How often a lease is renewed, and its former states removed, is a matter of time.
    assertThat(kept)
        .as("requests in " + KEPT + " that " + role + " does not make")
        .filteredOn(line -> !line.contains(" lake/_"))
        .isSubsetOf(lines);
  }
}
