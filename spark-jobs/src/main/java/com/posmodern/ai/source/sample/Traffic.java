package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.BrazilianCalendar.Event;
import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.EventEffect;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the calendar, the town and the rain do to one store's visits and categories.
 *
 * @param visits factor on the visits of each day
 * @param pulls factor on each category of each day, from events alone
 * @param localEvents what happens in town
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Traffic(double[] visits, double[][] pulls, List<LocalEvent> localEvents) {
  private static final double[] WEEKDAYS = {0.88, 0.86, 0.96, 0.97, 1.10, 1.25, 0.98};
  private static final EventEffect HOLIDAY = new EventEffect(1, 1.12, 0.72, Map.of());
  private static final EventEffect COMMERCIAL = new EventEffect(0, 1, 1.05, Map.of());
  private static final Map<String, Double> FESTIVAL_PULLS =
      Map.of("Cervejas", 1.5, "Águas", 1.4, "Refrigerantes", 1.25, "Sorvetes", 1.2);
  private static final int DAYS_PER_FESTIVAL = 90;
  private static final String[] FESTIVALS = {
    "Festival de Música", "Jogo do Campeonato", "Feira Gastronômica", "Maratona da Cidade"
  };

  record LocalEvent(int firstDay, int lastDay, String name, int attendance) {}

  static Traffic of(
      SampleSettings settings,
      Retailer retailer,
      List<Event> events,
      Weather weather,
      int store,
      int days) {
    double[] visits = new double[days];
    double[][] pulls = new double[days][retailer.categories().size()];
    LocalDate first = settings.firstDate();
    for (int day = 0; day < days; day++) {
      Arrays.fill(pulls[day], 1);
      LocalDate date = first.plusDays(day);
      // Wages come on the fifth working day.
      double payday = date.getDayOfMonth() >= 5 && date.getDayOfMonth() <= 10 ? 1.10 : 1.0;
      double rain = weather.rain[day] > 10 ? 0.90 : 1.0;
      double yearEnd = date.getMonthValue() == 12 ? 1.08 : 1.0;
      visits[day] = WEEKDAYS[date.getDayOfWeek().getValue() - 1] * payday * rain * yearEnd;
    }
    Traffic traffic = new Traffic(visits, pulls, new ArrayList<>());
    for (Event event : events) {
      if (event.region().equals(BrazilianCalendar.EVERYWHERE)
          || event.region().equals(retailer.city(store).region())) {
        EventEffect effect =
            retailer
                .events()
                .getOrDefault(
                    event.name(),
                    event.kind().equals(BrazilianCalendar.COMMERCIAL) ? COMMERCIAL : HOLIDAY);
        int day = (int) (event.date().toEpochDay() - first.toEpochDay());
        traffic.apply(retailer, effect, day);
      }
    }
    traffic.festivals(settings, retailer, store);
    return traffic;
  }

  private void apply(Retailer retailer, EventEffect effect, int eventDay) {
    for (int day = eventDay - effect.daysBefore(); day <= eventDay; day++) {
      if (day >= 0 && day < visits.length) {
        visits[day] *= day == eventDay ? effect.day() : effect.runUp();
        pull(retailer, effect.categories(), day);
      }
    }
  }

  private void pull(Retailer retailer, Map<String, Double> categories, int day) {
    categories.forEach((name, factor) -> pulls[day][retailer.categoryIndex(name)] *= factor);
  }

  private void festivals(SampleSettings settings, Retailer retailer, int store) {
    SplittableRandom random = Noise.stream(settings.seed(), Topic.EVENT, store);
    int start = random.nextInt(DAYS_PER_FESTIVAL);
    while (start < visits.length) {
      int end = Math.min(start + random.nextInt(3), visits.length - 1);
      int attendance = 5000 + 1000 * random.nextInt(45);
      for (int day = start; day <= end; day++) {
        visits[day] *= 1 + 0.25 * attendance / 50_000.0;
        pull(retailer, FESTIVAL_PULLS, day);
      }
      localEvents.add(
          new LocalEvent(start, end, FESTIVALS[random.nextInt(FESTIVALS.length)], attendance));
      start = end + 20 + random.nextInt(2 * DAYS_PER_FESTIVAL - 40);
    }
  }
}
