package com.posmodern.ai.lake.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Allows one writing process at a time for a lake in a folder: Delta's log on a file system is safe
 * within one process. The operating system releases the lock when the process ends, even after a
 * crash. A lake in an object store has a lease instead.
 */
public final class FolderLock implements WriterLock {
  private static final String FILE = ".pos-lock";
  private static final int LONGEST_HOLDER = 200;

  /** The command that holds the lock for one batch at a time, and is waited for. */
  private static final String STREAM = "stream";

  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock for a batch of the stream, as soon as whoever holds it has ended.
   *
   * @throws InterruptedException when the stream is stopped meanwhile
   */
  public static WriterLock takeForBatch(String lake, Instant now)
      throws IOException, InterruptedException {
    while (true) {
      Optional<WriterLock> lock = tried(lake, STREAM, now);
      if (lock.isPresent()) {
        return lock.get();
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /**
   * Takes the lock, or fails without waiting; but the end of a stream's batch is waited for.
   *
   * @param command what the process is about to do; shown to other processes that find the lock
   *     taken
   * @param now start of the process, shown as well
   * @throws PosException infrastructure when another process holds the lock
   */
  public static WriterLock take(String lake, String command, Instant now) throws IOException {
    long until = System.nanoTime() + LONGEST_BATCH.toNanos();
    // A holder that has just taken the lock may not have written its name yet: others are seen
    // twice.
    for (int others = 0; ; ) {
      Optional<WriterLock> lock = tried(lake, command, now);
      if (lock.isPresent()) {
        return lock.get();
      }
      Path file = Path.of(lake, FILE);
      String holder = holder(file);
      others = holder.startsWith(STREAM + ",") ? 0 : others + 1;
      if (others == 2 || System.nanoTime() > until || !pause()) {
        throw PosException.infrastructure(
            "another process is writing the lake" + (holder.isEmpty() ? "" : ": " + holder),
            file.toString(),
            "A lake in a folder allows one writing process at a time. Wait until it has ended, then run again.",
            null);
      }
    }
  }

  /** Empty when another process holds the lock. */
  private static Optional<WriterLock> tried(String lake, String command, Instant now)
      throws IOException {
    if (lake.contains(":/") || !Files.isDirectory(Path.of(lake))) {
      return Optional.of(NONE);
    }
    Path file = Path.of(lake, FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      return Optional.empty();
    }
    String self =
        "%s, process %d, since %s"
            .formatted(command, ProcessHandle.current().pid(), now.truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(UTF_8)), 0);
    return Optional.of(new FolderLock(file, channel));
  }

  /** False when this thread is to end. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it.
      return null;
    }
  }

  /** What the holder wrote about itself; empty if it has not written yet. */
  private static String holder(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_HOLDER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(bytes, 0);
    }
    return UTF_8.decode(bytes.flip()).toString();
  }

  /** The operating system never takes the lock from a living process, so asking is enough. */
  @Override
  public void requireHeld() {
    if (!channel.isOpen()) {
      throw PosException.infrastructure(
          "the lock was already released", file.toString(), "Run again.", null);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the lock cannot be released: " + e.getMessage(),
          file.toString(),
          "It is free when this process has ended.",
          e);
    }
  }
}
