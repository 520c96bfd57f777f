package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.config.TrendSettings.Feed;
import com.posmodern.ai.config.TrendSettings.Items;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.trends.TrendAnswer;
import com.posmodern.ai.source.trends.TrendSignal;
import com.posmodern.ai.source.trends.TrendSource;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendsCommandTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

  @TempDir private Path folder;

  private static TrendSettings settings(String category) {
    return new TrendSettings(
        30,
        "America/Sao_Paulo",
        new CallSettings(60, 1, 1, 1),
        Map.of("acai", new Items(List.of("P1"), List.of(category))),
        List.of(new Feed("news", "x", "", 1), new Feed("searches", "y", "", -1)));
  }

  private static TrendSource telling(double first, double second) {
    return (from, to) ->
        new TrendAnswer(
            List.of(
                new TrendSignal("acai", TODAY.minusDays(9), first),
                new TrendSignal("acai", TODAY.minusDays(1), second)),
            2,
            0,
            List.of());
  }

  private static final TrendSource AWAY =
      (from, to) -> {
        throw PosException.infrastructure("it says HTTP 503", "searches", "Wait.", null);
      };

  private static String run(
      Lake lake, LocalDate day, String category, Map<String, TrendSource> sources) {
    return new TrendsCommand(
            lake,
            settings(category),
            source -> sources.get(source.name()),
            Clock.fixed(Instant.parse(day + "T04:30:00Z"), ZoneOffset.UTC),
            step -> {})
        .run();
  }

  private static List<String> rows(Lake lake) {
    return lake
        .read(Table.TREND_SIGNALS)
        .where("kind = 'product'")
        .selectExpr("concat_ws(' ', told_by, item_id, signal_date, known_from, signal_value)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void everyValueIsKeptWithTheDayFromWhichItWasKnown() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replaceSource(
            Table.PRODUCTS,
            ContractRows.select(Table.PRODUCTS, "SELECT 'P1' AS product_id, 'Frozen' AS category"));
    TrendSource good = telling(5, 7);

    assertThat(run(lake, TODAY, "Frozen", Map.of("news", good, "searches", good)))
        .contains("8 values of a term and an item new or corrected");
    List<String> first =
        List.of(
            "news P1 2026-11-19 2026-11-20 5.0",
            "news P1 2026-11-27 2026-11-27 7.0",
            "searches P1 2026-11-19 2026-11-27 5.0",
            "searches P1 2026-11-27 2026-11-27 7.0");
    assertThat(rows(lake)).isEqualTo(first);

    PosException e =
        catchThrowableOfType(
            PosException.class,
            () ->
                run(
                    lake,
                    TODAY.plusDays(1),
                    "Frozen",
                    Map.of("news", telling(5, 8), "searches", AWAY)));
    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(rows(lake))
        .as("what was told first stays, and what is corrected is known anew")
        .hasSize(5)
        .containsAll(first)
        .contains("news P1 2026-11-27 2026-11-28 8.0");

    long version = lake.version(Table.TREND_SIGNALS);
    run(
        lake,
        TODAY.plusDays(1),
        "Frozen",
        Map.of("news", telling(5, 8), "searches", telling(5, 7)));
    assertThat(lake.version(Table.TREND_SIGNALS)).as("the same again").isEqualTo(version);

    assertThat(
            catchThrowableOfType(
                PosException.class,
                () -> run(lake, TODAY, "Sweets", Map.of("news", good, "searches", good))))
        .hasMessageContaining("no product or category Sweets")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
  }
}
