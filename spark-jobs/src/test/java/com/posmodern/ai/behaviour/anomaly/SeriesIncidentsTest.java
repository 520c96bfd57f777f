package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesIncidentsTest {
  private static final int DAYS = 70;
  private static final int JUDGED = 7;
  private static final double THRESHOLD = 4;

  @Test
  void aRunOfDaysIsOneIncidentWithItsSums() {
    double[] demand = weekly();
    // 100 on each weekday but 200 on the last two days, which are expected to bring 100.
    demand[DAYS - 2] = 200;
    demand[DAYS - 1] = 220;
    List<Incident> found = find(demand, none(), none(), none());
    assertThat(found).hasSize(1);
    Incident run = found.get(0);
    assertThat(run.first()).isEqualTo(DAYS - 2);
    assertThat(run.last()).isEqualTo(DAYS - 1);
    assertThat(run.observed()).isEqualTo(420);
    assertThat(run.expected()).isCloseTo(200, within(1e-9));
    assertThat(run.basis()).isEqualTo(Basis.HISTORY);
    // Flat history: the variance of a count is its mean, and more by what is not known of the
    // level; of two days 1.3 times the sum of both: of a mean known for sure 11.872, the square
    // root of 2 (420 log(420 / 200) - 220) / 1.3.
    assertThat(run.deviations()).isCloseTo(11.583, within(0.001));
  }

  @Test
  void whatAnEarlierNightForecastIsNoSurprise() {
    double[] demand = weekly();
    demand[DAYS - 1] = 220;
    double[] mean = none();
    double[] p10 = none();
    double[] p90 = none();
    mean[DAYS - 1] = 210;
    p10[DAYS - 1] = 180;
    p90[DAYS - 1] = 240;
    assertThat(find(demand, mean, p10, p90)).isEmpty();
    mean[DAYS - 1] = 20;
    p10[DAYS - 1] = 10;
    p90[DAYS - 1] = 30;
    assertThat(find(demand, mean, p10, p90).get(0).basis()).isEqualTo(Basis.FORECAST);
  }

  @Test
  void aFlatSeriesGivesNoAlarmForOneUnitMore() {
    double[] demand = new double[DAYS];
    demand[DAYS - 1] = 1;
    assertThat(find(demand, none(), none(), none())).isEmpty();
    Arrays.fill(demand, 5);
    demand[DAYS - 1] = 6;
    demand[DAYS - 3] = 4;
    assertThat(find(demand, none(), none(), none())).isEmpty();
  }

  @Test
  void anUnknownDayIsNoAlarmAndAShortHistoryNoGround() {
    double[] demand = weekly();
    demand[DAYS - 1] = Double.NaN;
    assertThat(find(demand, none(), none(), none())).isEmpty();
    double[] young = new double[DAYS];
    Arrays.fill(young, Double.NaN);
    young[DAYS - 1] = 1000;
    assertThat(find(young, none(), none(), none())).isEmpty();
  }

  /**
   * 300 series of shops with weekdays, a trend and more variation than chance; every fifth has a
   * planted jump or stop of one to three days in its last week.
   */
  @Test
  void plantedAnomaliesAreFoundBesideThreeSigma() {
    Random random = new Random(11);
    Map<String, int[]> counts = new HashMap<>();
    for (int series = 0; series < 300; series++) {
      double level = 40 + 400 * random.nextDouble();
      double trend = 1 + 0.004 * (random.nextDouble() - 0.5);
      double[] demand = new double[DAYS];
      for (int day = 0; day < DAYS; day++) {
        double weekday = day % 7 == 5 ? 1.9 : day % 7 == 6 ? 1.4 : 1;
        double mean = level * weekday * Math.pow(trend, day);
        double noise = 1 + 0.12 * random.nextGaussian();
        demand[day] =
            Math.max(0, Math.rint(mean * noise + Math.sqrt(mean) * random.nextGaussian()));
      }
      boolean[] planted = new boolean[DAYS];
      if (series % 5 == 0) {
        int from = DAYS - 1 - random.nextInt(5);
        double factor = random.nextBoolean() ? 2.2 : 0.1;
        for (int day = from; day < Math.min(DAYS, from + 1 + random.nextInt(3)); day++) {
          demand[day] = Math.rint(demand[day] * factor);
          planted[day] = true;
        }
      }
      boolean[] ours = new boolean[DAYS];
      find(demand, none(), none(), none())
          .forEach(run -> Arrays.fill(ours, run.first(), run.last() + 1, true));
      boolean[] simple = threeSigma(demand);
      for (int day = DAYS - JUDGED; day < DAYS; day++) {
        count(counts, "ours", ours[day], planted[day]);
        count(counts, "3 sigma", simple[day], planted[day]);
      }
    }
    assertThat(precision(counts.get("ours"))).isGreaterThan(0.8);
    assertThat(recall(counts.get("ours"))).isGreaterThan(0.8);
    assertThat(f1(counts.get("ours"))).isGreaterThan(f1(counts.get("3 sigma")));
  }

  private static boolean[] threeSigma(double[] demand) {
    double[] before = Arrays.copyOf(demand, DAYS - JUDGED);
    double mean = Arrays.stream(before).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(before).map(d -> (d - mean) * (d - mean)).average().orElseThrow());
    boolean[] found = new boolean[DAYS];
    for (int day = DAYS - JUDGED; day < DAYS; day++) {
      found[day] = Math.abs(demand[day] - mean) > 3 * deviation;
    }
    return found;
  }

  /** Right alarms, false ones, missed ones. */
  private static void count(Map<String, int[]> all, String method, boolean alarm, boolean planted) {
    int[] counts = all.computeIfAbsent(method, name -> new int[3]);
    if (alarm || planted) {
      counts[alarm && planted ? 0 : alarm ? 1 : 2]++;
    }
  }

  private static double precision(int[] counts) {
    return (double) counts[0] / (counts[0] + counts[1]);
  }

  private static double recall(int[] counts) {
    return (double) counts[0] / (counts[0] + counts[2]);
  }

  private static double f1(int[] counts) {
    return 2.0 * counts[0] / (2.0 * counts[0] + counts[1] + counts[2]);
  }

  private static double[] weekly() {
    double[] demand = new double[DAYS];
    Arrays.fill(demand, 100);
    return demand;
  }

  private static double[] none() {
    double[] values = new double[DAYS];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static List<Incident> find(double[] demand, double[] mean, double[] p10, double[] p90) {
    ItemRange range = new ItemRange(List.of(PlainSeries.of(demand, mean, p10, p90)), JUDGED);
    return new ArrayList<>(SeriesIncidents.of(demand, range.of(0), JUDGED, THRESHOLD));
  }
}
