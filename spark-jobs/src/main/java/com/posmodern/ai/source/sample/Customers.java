package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Number of a shopper with a card to the row of the customers table; the people are invented. */
final class Customers implements MapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;
  private static final String[] FIRST = {
    "Ana", "Bruno", "Carla", "Diego", "Elisa", "Fábio", "Gabriela", "Heitor", "Isabela", "João",
    "Karina", "Lucas", "Marina", "Nelson", "Olívia", "Paulo", "Regina", "Sérgio", "Tatiana", "Vitor"
  };
  private static final String[] LAST = {
    "Almeida",
    "Barbosa",
    "Cardoso",
    "Duarte",
    "Esteves",
    "Ferreira",
    "Gomes",
    "Lima",
    "Moraes",
    "Nogueira",
    "Oliveira",
    "Pereira",
    "Ramos",
    "Souza",
    "Teixeira",
    "Vieira"
  };
  private static final double MARKETING = 0.7;
  private static final double PROFILING = 0.85;

  /** Nobody has opened a chat with the sample's bot. */
  private static final String NO_CHAT = null;

  private final SampleSettings settings;

  Customers(SampleSettings settings) {
    this.settings = settings;
  }

  @Override
  public Row call(Long number) {
    World world = World.of(settings);
    Shopper shopper = Shopper.of(world, number);
    SplittableRandom random = Noise.stream(settings.seed(), Topic.IDENTITY, number);
    String name = FIRST[random.nextInt(FIRST.length)] + " " + LAST[random.nextInt(LAST.length)];
    String mailbox = World.customerId(number).toLowerCase(Locale.ROOT);
    LocalDate birth = LocalDate.of(1945, 1, 1).plusDays(random.nextInt(60 * 365));
    return RowFactory.create(
        World.customerId(number),
        name,
        mailbox + "@example.com",
        "+55 00 90000-%04d".formatted(random.nextInt(10_000)),
        Date.valueOf(birth),
        World.storeId(shopper.homeStore()),
        Date.valueOf(settings.firstDate().plusDays(shopper.firstDay())),
        random.nextDouble() < MARKETING,
        random.nextDouble() < PROFILING,
        NO_CHAT);
  }
}
