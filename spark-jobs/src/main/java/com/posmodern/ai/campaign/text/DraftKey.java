package com.posmodern.ai.campaign.text;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;

import com.posmodern.ai.config.Campaign.Channel;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Recipients with the same draft. */
public record DraftKey(String campaignId, String segment, String variant, Channel channel)
    implements Serializable {

  /** Of a row of the audience. */
  static DraftKey of(Row row) {
    return new DraftKey(
        row.getAs(CAMPAIGN_ID),
        row.getAs(SEGMENT_NAME),
        row.getAs(ARM),
        Channel.valueOf(row.getAs(CHANNEL)));
  }
}
