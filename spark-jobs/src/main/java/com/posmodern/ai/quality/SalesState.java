package com.posmodern.ai.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the verdicts on all sales lines rest on, and what they add up to per day: from it a later
 * night knows which days to judge again. Names no customer and no line.
 *
 * @param firstPlausible lines before it come from tills whose clock was wrong
 * @param houseCards digest of the customer ids that are no persons
 * @param mostLines no customer but those has more lines
 */
public record SalesState(
    LocalDate firstPlausible, String houseCards, long mostLines, SalesDays days) {
  /** Raised when the same rules come to other verdicts, or accepted lines get other columns. */
  private static final int VERDICTS = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether lines of other days than those judged again keep their verdicts. */
  boolean sameVerdicts(SalesState former) {
    return firstPlausible.equals(former.firstPlausible) && houseCards.equals(former.houseCards);
  }

  /** Days with lines of products that were unknown. */
  public Days withUnknownProducts() {
    return days.brokenOn(SalesRules.UNKNOWN_PRODUCT);
  }

  /** Whether one of the days has accepted lines. */
  public boolean hasAccepted(Days some) {
    return days.some(some, day -> day.rows() - day.refused());
  }

  /** Whether one of the days has refused lines. */
  public boolean hasRefused(Days some) {
    return some.early()
        || some.late()
        || some.undated()
        || !some.dates().headSet(firstPlausible).isEmpty()
        || days.some(some, Day::refused);
  }

  /** Whether most of the lines are of these days. */
  public boolean isMost(Days some) {
    long lines = some.dates().stream().mapToLong(date -> days.day(date).rows()).sum();
    return 2 * lines > days.rows();
  }

  /** Digest of the rules that decide on a line. */
  public static String rulesDigest() {
    return Integer.toHexString(SalesRules.ALL.toString().hashCode()) + "." + VERDICTS;
  }

  /** As kept beside the accepted sales. */
  public String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("first_plausible", firstPlausible.toString())
        .put("house_cards", houseCards)
        .put("most_lines", mostLines);
    node.set("early", json(days.early()));
    node.set("late", json(days.late()));
    node.set("undated", json(days.undated()));
    ObjectNode each = node.putObject("days");
    days.days().forEach((date, day) -> each.set(date.toString(), json(day)));
    return node.toString();
  }

  /** Empty for what another version of this program left. */
  public static Optional<SalesState> of(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (!node.path("days").isObject() || !node.path("first_plausible").isTextual()) {
        return Optional.empty();
      }
      NavigableMap<LocalDate, Day> days = new TreeMap<>();
      node.get("days")
          .fields()
          .forEachRemaining(
              entry -> days.put(LocalDate.parse(entry.getKey()), day(entry.getValue())));
      return Optional.of(
          new SalesState(
              LocalDate.parse(node.get("first_plausible").asText()),
              node.path("house_cards").asText(),
              node.path("most_lines").asLong(),
              new SalesDays(
                  days,
                  day(node.path("early")),
                  day(node.path("late")),
                  day(node.path("undated")))));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static ArrayNode json(Day day) {
    ArrayNode array =
        JSON.createArrayNode()
            .add(day.rows())
            .add(day.anonymous())
            .add(day.promoted())
            .add(day.returns())
            .add(day.refused());
    day.broken().forEach(array::add);
    return array;
  }

  private static Day day(JsonNode array) {
    List<Long> counts = new ArrayList<>();
    array.forEach(count -> counts.add(count.asLong()));
    return counts.size() < 5
        ? Day.EMPTY
        : new Day(
            counts.get(0),
            counts.get(1),
            counts.get(2),
            counts.get(3),
            counts.get(4),
            counts.subList(5, counts.size()));
  }
}
