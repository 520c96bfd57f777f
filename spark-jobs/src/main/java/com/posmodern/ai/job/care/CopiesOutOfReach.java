package com.posmodern.ai.job.care;

import com.posmodern.ai.config.PrivacySettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Copies of erased rows that the program cannot reach and that the storage ends by itself. */
final class CopiesOutOfReach {
  private CopiesOutOfReach() {}

  /** Each kind with the day on which the last copy ends; empty where there are none. */
  static String sentence(PrivacySettings privacy, LocalDate today) {
    int versions = privacy.bucketVersionsDays();
    List<String> left = new ArrayList<>();
    if (versions > 0) {
      left.add(
          "former versions in the bucket, the last of which end on " + today.plusDays(versions));
    }
    if (privacy.landedExportsDays() > 0) {
      // A file that ends is a former version from then on.
      left.add(
          "imported files where they landed, which end by "
              + today.plusDays(privacy.landedExportsDays() + versions));
    }
    return left.isEmpty()
        ? ""
        : "; out of reach are " + String.join(" and ", left) + ". Delete them before by hand";
  }
}
