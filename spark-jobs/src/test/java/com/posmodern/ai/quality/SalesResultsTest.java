package com.posmodern.ai.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.quality.SalesDays.Day;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ten lines on each of three days; the second is the as-of date. */
class SalesResultsTest {
  private static final LocalDate BEFORE = LocalDate.of(2024, 3, 1);
  private static final LocalDate AS_OF = BEFORE.plusDays(1);
  private static final LocalDate AFTER = BEFORE.plusDays(2);
  private static final LocalDate FUTURE = BEFORE.plusYears(40);
  private static final LocalDate CLOCK_WAS_WRONG = LocalDate.of(2009, 1, 1);
  private static final QualitySettings SETTINGS = TestSettings.read().quality();
  private static final int DUPLICATES = SalesRules.ALL.size() - 1;

  @Test
  void aRuleIsAskedOfTheDaysUpToTheAsOfDate() {
    SalesResults results =
        results(
            Map.of(
                BEFORE, day(10, SalesRules.UNKNOWN_PRODUCT, 2),
                AS_OF, day(10, DUPLICATES, 1),
                AFTER, day(10, SalesRules.UNKNOWN_PRODUCT, 9)));

    RuleResult product = result(results, "unknown_product");
    assertThat(product.rowsChecked()).isEqualTo(20);
    assertThat(product.rowsFailed()).isEqualTo(2);
    assertThat(product.tolerance()).isEqualTo(SETTINGS.defaultTolerance());
    assertThat(result(results, "duplicate_key").rowsFailed()).isEqualTo(1);
  }

  @Test
  void whatWasSoldAtNoTimeAnyTillSoldIsAskedOfAllLines() {
    SalesResults results =
        new SalesResults(
            new SalesDays(
                new TreeMap<>(
                    Map.of(
                        CLOCK_WAS_WRONG, day(3, 0, 0),
                        BEFORE, day(10, 0, 0),
                        AFTER, day(10, 0, 0),
                        FUTURE, day(7, 0, 0))),
                day(1, 0, 0),
                day(2, 0, 0),
                day(4, 0, 0)),
            AS_OF,
            BEFORE,
            AFTER);

    RuleResult early = result(results, "sold_at_broken");
    assertThat(early.rowsChecked()).isEqualTo(37);
    assertThat(early.rowsFailed()).isEqualTo(3 + 1);
    assertThat(result(results, "sold_in_the_future").rowsFailed()).isEqualTo(7 + 2);
    assertThat(results.hasFuture()).isTrue();
    assertThat(results.later().rowsFailed()).isEqualTo(10);
    assertThat(results.later().rowsChecked()).isEqualTo(37);
    assertThat(results.later().passed()).isTrue();
    // A rule about time that is asked of each line is counted day by day.
    int soldAt = place("sold_at_present");
    assertThat(result(results(Map.of(AFTER, day(10, soldAt, 6))), "sold_at_present").rowsFailed())
        .isEqualTo(6);
  }

  @Test
  void linesOfTheAsOfDateAreNotLaterAndNotInTheFuture() {
    SalesResults results = results(Map.of(AS_OF, day(10, 0, 0)));

    assertThat(results.hasFuture()).isFalse();
    assertThat(results.later().rowsFailed()).isZero();
  }

  @Test
  void anEmptyTableBreaksItsRuleAndStopsTheNight() {
    assertThat(notEmpty(Map.of()).passed()).isFalse();
    assertThat(notEmpty(Map.of()).share()).isEqualTo(1);
    assertThat(notEmpty(Map.of(AFTER, day(1, 0, 0))).passed()).isTrue();
    assertThat(notEmpty(Map.of(AFTER, day(1, 0, 0))).share()).isZero();
  }

  @Test
  void beforeTheFirstPlausibleDateNothingIsInScope() {
    SalesResults results =
        new SalesResults(
            days(Map.of(BEFORE, day(10, SalesRules.UNKNOWN_PRODUCT, 2))), BEFORE, AFTER, AFTER);

    assertThat(result(results, "unknown_product").rowsChecked()).isZero();
    assertThat(result(results, "unknown_product").rowsFailed()).isZero();
  }

  @Test
  void theAsOfDateIsJudgedAloneByTheRulesThatItsLinesBreak() {
    List<RuleResult> results =
        DayRules.results(day(10, SalesRules.UNKNOWN_PRODUCT, 3), SETTINGS.dayTolerance());

    assertThat(results).hasSize(1);
    RuleResult alone = results.get(0);
    assertThat(alone.rule()).isEqualTo("unknown_product_of_the_day");
    assertThat(DayRules.ruleOf(alone.rule())).isEqualTo("unknown_product");
    assertThat(DayRules.ruleOf("unknown_product")).isEqualTo("unknown_product");
    assertThat(alone.severity()).isEqualTo(Severity.ERROR);
    assertThat(alone.rowsChecked()).isEqualTo(10);
    assertThat(alone.rowsFailed()).isEqualTo(3);
    assertThat(alone.tolerance()).isEqualTo(SETTINGS.dayTolerance());
    // A rule that only warns is not judged by the day.
    int warning = warning();
    assertThat(DayRules.results(day(10, warning, 3), SETTINGS.dayTolerance())).isEmpty();
    assertThat(results(Map.of(AS_OF, day(10, SalesRules.UNKNOWN_PRODUCT, 3))).of(SETTINGS))
        .contains(alone);
  }

  private static int warning() {
    for (int place = 0; place < SalesRules.ALL.size(); place++) {
      if (!SalesRules.ALL.get(place).isRefusing()) {
        return place;
      }
    }
    throw new AssertionError("every rule refuses");
  }

  private static int place(String rule) {
    return SalesRules.ALL.stream().map(one -> one.rule().name()).toList().indexOf(rule);
  }

  private static RuleResult notEmpty(Map<LocalDate, Day> days) {
    String name =
        SalesRules.ALL.stream()
            .filter(rule -> !rule.isRowRule())
            .map(rule -> rule.rule().name())
            .findFirst()
            .orElseThrow();
    return result(results(days), name);
  }

  private static RuleResult result(SalesResults results, String rule) {
    return results.of(SETTINGS).stream()
        .filter(result -> result.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static SalesResults results(Map<LocalDate, Day> days) {
    return new SalesResults(days(days), AS_OF, LocalDate.of(2000, 1, 1), AFTER);
  }

  private static SalesDays days(Map<LocalDate, Day> days) {
    return new SalesDays(new TreeMap<>(days), Day.EMPTY, Day.EMPTY, Day.EMPTY);
  }

  private static Day day(long rows, int rule, long breaks) {
    Long[] broken = new Long[SalesRules.ALL.size()];
    Arrays.fill(broken, 0L);
    broken[rule] = breaks;
    return new Day(rows, 0, 0, 0, breaks, List.of(broken));
  }
}
