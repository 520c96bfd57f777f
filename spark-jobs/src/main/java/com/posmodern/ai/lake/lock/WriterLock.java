package com.posmodern.ai.lake.lock;

import com.posmodern.ai.error.PosException;

/** The right to write a lake, held until it is closed or the process ends. */
public interface WriterLock extends AutoCloseable {
  /** Where no lock is needed or possible. */
  WriterLock NONE =
      new WriterLock() {
        @Override
        public void requireHeld() {}

        @Override
        public void close() {}
      };

  /**
   * Asked before everything that others will see: a commit, a publication, the removal of files.
   *
   * @throws PosException infrastructure when the right was lost to another process
   */
  void requireHeld();

  @Override
  void close();
}
