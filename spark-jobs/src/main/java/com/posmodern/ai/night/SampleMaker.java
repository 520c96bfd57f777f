package com.posmodern.ai.night;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import java.util.ServiceLoader;

/**
 * Makes a retailer that does not exist, for trying things out. Its implementation is in an artifact
 * of its own, {@code pos-modern-ai-sample.jar}: production has no use for it.
 */
public interface SampleMaker {
  /**
   * Writes the sample retailer into a lake.
   *
   * @throws PosException usage when the lake already has sales
   */
  void make(Lake lake, SampleSettings settings, Progress progress);

  /**
   * The implementation on the class path.
   *
   * @throws PosException usage when there is none
   */
  static SampleMaker onClassPath() {
    return ServiceLoader.load(SampleMaker.class, SampleMaker.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                PosException.usage(
                    "the sample generator is not on the class path",
                    "pos-modern-ai-sample.jar",
                    "Use scripts/pos or scripts/nightly, or add the jar with --jars."));
  }
}
