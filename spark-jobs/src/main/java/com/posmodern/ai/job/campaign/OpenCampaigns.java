package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.campaign.audience.KnownNames;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.CampaignFiles;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The campaigns that somebody switched on. */
final class OpenCampaigns {
  /** Tables that a job must declare to call {@link #of}. */
  static final Table[] READS = {Table.SEGMENT_PROFILES};

  private OpenCampaigns() {}

  /** All campaigns of the folder. */
  static List<Campaign> all(JobContext context) {
    return CampaignFiles.read(Path.of(context.settings().campaign().folder()));
  }

  /**
   * Those switched on, with the day after the as-of date in their window; messages go out on that
   * day.
   *
   * @throws com.posmodern.ai.error.PosException usage when a file is wrong, or one that is switched
   *     on names a segment, category or product that the lake does not know, or a sensitive one
   */
  static List<Campaign> of(JobContext context) {
    List<Campaign> open =
        all(context).stream()
            .filter(Campaign::enabled)
            .filter(campaign -> campaign.window().contains(context.asOf().plusDays(1)))
            .toList();
    if (!open.isEmpty()) {
      if (context.settings().recommend().rules().excludedForAnybody().isEmpty()) {
        context.step(
            "messages may name products of every category: recommend.rules.excluded_categories and"
                + " excluded_without_age of the settings are empty");
      }
      KnownNames names = names(context, open);
      open.forEach(campaign -> names.require(campaign, context.settings().campaign().folder()));
    }
    return open;
  }

  private static KnownNames names(JobContext context, List<Campaign> open) {
    Dataset<Row> products = context.read(Table.PRODUCTS);
    Object[] offered = open.stream().flatMap(c -> c.offer().products().stream()).toArray();
    Map<String, String> found =
        offered.length == 0
            ? Map.of()
            : products
                .where(col(PRODUCT_ID).isin(offered))
                .select(PRODUCT_ID, CATEGORY)
                .collectAsList()
                .stream()
                .collect(
                    Collectors.toMap(
                        row -> row.getString(0),
                        row -> String.valueOf(row.get(1)),
                        (one, other) -> one));
    boolean asked = open.stream().anyMatch(c -> !c.audience().categories().isEmpty());
    return new KnownNames(
        context
            .readOptional(Table.SEGMENT_PROFILES)
            .map(rows -> strings(rows.select(SEGMENT_NAME)))
            .orElseGet(Set::of),
        asked ? strings(products.select(CATEGORY).distinct()) : Set.of(),
        found,
        Set.copyOf(context.settings().recommend().rules().excludedForAnybody()));
  }

  private static Set<String> strings(Dataset<Row> names) {
    Set<String> found = new HashSet<>();
    names.collectAsList().forEach(row -> found.add(row.getString(0)));
    return found;
  }
}
