package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignFiles;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.PseudonymKey;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads from lake and campaign files which messages are due, each time it is asked. */
record DueNow(Lake lake, Settings settings, Mode mode, PseudonymKey key, Outbox outbox) {
  private static final long NO_TABLE = -1;

  /** Rows of {@link DueMessages#of}: all that may still be sent, with what holds them back. */
  Dataset<Row> at(Map<Channel, Doubt> doubts, Instant start, Instant now) {
    List<Campaign> campaigns = CampaignFiles.read(Path.of(settings.campaign().folder()));
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate earliest =
        campaigns.stream()
            .filter(Campaign::enabled)
            .map(campaign -> campaign.window().from())
            .min(LocalDate::compareTo)
            .orElse(today);
    DueMessages.Facts facts =
        new DueMessages.Facts(
            lake.read(Table.CAMPAIGN_MESSAGES)
                .where(col(AS_OF_DATE).geq(lit(Date.valueOf(earliest.minusDays(1)))))
                .where(col(VALID_UNTIL).geq(lit(Date.valueOf(today.minusDays(1))))),
            lake.read(Table.CUSTOMERS),
            optional(Table.STORES),
            optional(Table.CALENDAR),
            optional(Table.SUPPRESSIONS),
            outbox.attempts(),
            optional(Table.CAMPAIGN_STOPS));
    return new DueMessages(
            settings.outreach(), settings.campaign(), campaigns, doubts, key, shown(), start, now)
        .of(facts);
  }

  /** To be asked before {@link #at}: what changes meanwhile is then noticed. */
  Permissions permissions() {
    return new Permissions(
        lake.version(Table.CUSTOMERS),
        lake.exists(Table.SUPPRESSIONS) ? lake.version(Table.SUPPRESSIONS) : NO_TABLE,
        CampaignFiles.read(Path.of(settings.campaign().folder())));
  }

  /** The night of the newest messages. */
  Optional<LocalDate> newest() {
    Row newest = lake.read(Table.CAMPAIGN_MESSAGES).agg(max(AS_OF_DATE)).head();
    return newest.isNullAt(0) ? Optional.empty() : Optional.of(newest.getDate(0).toLocalDate());
  }

  /** A dry run shows what the customers would get. */
  private Mode shown() {
    return mode == Mode.DRY_RUN ? Mode.LIVE : mode;
  }

  private Optional<Dataset<Row>> optional(Table table) {
    return lake.exists(table) ? Optional.of(lake.read(table)) : Optional.empty();
  }
}
