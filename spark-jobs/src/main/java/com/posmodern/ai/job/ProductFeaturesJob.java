package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.ProductFeatures;
import com.posmodern.ai.quality.SoundRows;
import java.util.Set;

/** Writes {@code features.product_features}. */
public final class ProductFeaturesJob implements Job {
  @Override
  public String name() {
    return "product-features";
  }

  @Override
  public String purpose() {
    return "price, velocity, age and demand class of each product";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of(Table.DAILY_DEMAND, Table.PRODUCTS);
  }

  @Override
  public Set<Table> outputs() {
    return Set.of(Table.PRODUCT_FEATURES);
  }

  @Override
  public JobOutcome run(JobContext context) {
    context.write(
        Table.PRODUCT_FEATURES,
        ProductFeatures.of(
            context.read(Table.DAILY_DEMAND),
            SoundRows.of(Table.PRODUCTS, context.read(Table.PRODUCTS)),
            context.settings().features(),
            context.asOf()));
    return JobOutcome.ok();
  }
}
