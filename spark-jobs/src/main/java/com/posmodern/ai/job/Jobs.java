package com.posmodern.ai.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every job there is, by name. */
public final class Jobs {
  private Jobs() {}

  public static Map<String, Job> catalogue() {
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (Job job :
        List.<Job>of(
            new QualityJob(),
            new DailyDemandJob(),
            new ProductFeaturesJob(),
            new CustomerFeaturesJob(),
            new PurchaseInteractionsJob(),
            new ForecastTrainJob(),
            new ForecastScoreJob(),
            new ReplenishmentJob(),
            new SegmentTrainJob(),
            new SegmentScoreJob(),
            new PopularProductsJob(),
            new RecommendTrainJob(),
            new SimilarProductsJob(),
            new RecommendScoreJob(),
            new PublishJob(),
            new ReportJob())) {
      jobs.put(job.name(), job);
    }
    return jobs;
  }
}
