package com.posmodern.ai.lake.lock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The locks that this process holds, by the root of their lake. Delta makes its log store itself,
 * from a class name: this is where the store finds the lock that it asks before each commit.
 */
public final class HeldLocks {
  private static final Map<String, WriterLock> BY_ROOT = new ConcurrentHashMap<>();

  private HeldLocks() {}

  /** Remembers the lock until the returned one, to be closed in its place, is closed. */
  public static WriterLock register(String root, WriterLock lock) {
    BY_ROOT.put(root, lock);
    return new WriterLock() {
      @Override
      public void requireHeld() {
        lock.requireHeld();
      }

      @Override
      public void close() {
        BY_ROOT.remove(root, lock);
        lock.close();
      }
    };
  }

  /**
   * Requires the lock of the lake in which the path lies, if this process took one.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure when it was lost
   */
  public static void require(String path) {
    BY_ROOT.forEach(
        (root, lock) -> {
          if (path.equals(root) || path.startsWith(root + "/")) {
            lock.requireHeld();
          }
        });
  }
}
