package com.posmodern.ai.job.quality;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Runs small independent queries of one job a few at a time, because each alone leaves cores idle.
 */
final class SideBySide {
  private SideBySide() {}

  /**
   * Results in the order of the tasks.
   *
   * @throws RuntimeException the exception of the first failed task, after all tasks have ended
   */
  static <T> List<T> all(int atOnce, List<Supplier<T>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      List<CompletableFuture<T>> running =
          tasks.stream().map(task -> CompletableFuture.supplyAsync(task, pool)).toList();
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
          .exceptionally(failed -> null)
          .join();
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    } finally {
      pool.shutdown();
    }
  }
}
