package com.posmodern.ai.job.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.ProductFeatures;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;

/** Writes {@code features.product_features}. */
public final class ProductFeaturesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("product-features", "price, velocity, age and demand class of each product")
          .reads(Table.DAILY_DEMAND, Table.PRODUCTS)
          .writes(Table.PRODUCT_FEATURES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    context.write(
        Table.PRODUCT_FEATURES,
        ProductFeatures.of(
            context.read(Table.DAILY_DEMAND),
            context.valid(Table.PRODUCTS),
            context.settings().features(),
            context.asOf()));
    return JobOutcome.ok();
  }
}
