package com.posmodern.ai.job;

import com.posmodern.ai.job.behaviour.DemandAnomaliesJob;
import com.posmodern.ai.job.behaviour.LiveProfilesJob;
import com.posmodern.ai.job.behaviour.NextProductsJob;
import com.posmodern.ai.job.campaign.CampaignAudienceJob;
import com.posmodern.ai.job.campaign.CampaignMessagesJob;
import com.posmodern.ai.job.campaign.CampaignProposeJob;
import com.posmodern.ai.job.campaign.CampaignReportJob;
import com.posmodern.ai.job.campaign.CampaignResultsJob;
import com.posmodern.ai.job.campaign.PropensityScoreJob;
import com.posmodern.ai.job.campaign.PropensityTrainJob;
import com.posmodern.ai.job.campaign.RecommendationResultsJob;
import com.posmodern.ai.job.campaign.SentimentJob;
import com.posmodern.ai.job.campaign.UpliftTrainJob;
import com.posmodern.ai.job.features.CustomerFeaturesJob;
import com.posmodern.ai.job.features.DailyDemandJob;
import com.posmodern.ai.job.features.ProductFeaturesJob;
import com.posmodern.ai.job.features.PurchaseInteractionsJob;
import com.posmodern.ai.job.forecast.ForecastScoreJob;
import com.posmodern.ai.job.forecast.ForecastTrainJob;
import com.posmodern.ai.job.forecast.ReplenishmentJob;
import com.posmodern.ai.job.publish.PublishJob;
import com.posmodern.ai.job.publish.ReportJob;
import com.posmodern.ai.job.quality.QualityJob;
import com.posmodern.ai.job.recommend.PopularProductsJob;
import com.posmodern.ai.job.recommend.RecommendScoreJob;
import com.posmodern.ai.job.recommend.RecommendTrainJob;
import com.posmodern.ai.job.recommend.SimilarProductsJob;
import com.posmodern.ai.job.segment.SegmentScoreJob;
import com.posmodern.ai.job.segment.SegmentTrainJob;
import com.posmodern.ai.night.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All jobs by name. */
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
            new ReportJob(),
            new PropensityTrainJob(),
            new PropensityScoreJob(),
            new UpliftTrainJob(),
            new CampaignAudienceJob(),
            new CampaignMessagesJob(),
            new CampaignResultsJob(),
            new RecommendationResultsJob(),
            new CampaignReportJob(),
            new CampaignProposeJob(),
            new SentimentJob(),
            new NextProductsJob(),
            new DemandAnomaliesJob(),
            new LiveProfilesJob())) {
      jobs.put(job.name(), job);
    }
    return jobs;
  }
}
