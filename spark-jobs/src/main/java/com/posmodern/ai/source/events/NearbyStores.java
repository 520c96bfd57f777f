package com.posmodern.ai.source.events;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.error.PosException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Which stores the events of one source concern. */
public final class NearbyStores {
  private static final double TENTHS = 10;

  private final EventSourceSettings source;
  private final List<StorePlace> stores;

  /**
   * A store near an event.
   *
   * @param kilometres to tenths; empty where the event has no position
   */
  public record Near(String storeId, OptionalDouble kilometres) {}

  /**
   * @throws PosException usage when the settings name a store or a region that there is not
   */
  public NearbyStores(EventSourceSettings source, List<StorePlace> stores) {
    this.source = source;
    this.stores = List.copyOf(stores);
    require("stores", source.withoutPosition().stores(), StorePlace::storeId);
    require("regions", source.withoutPosition().regions(), StorePlace::region);
  }

  private void require(
      String key, List<String> named, java.util.function.Function<StorePlace, String> value) {
    Set<String> there = stores.stream().map(value).collect(Collectors.toSet());
    named.stream()
        .filter(name -> !there.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw PosException.usage(
                  "without_position.%s names %s, which no store has".formatted(key, name),
                  source.name(),
                  "Correct the source in the settings.");
            });
  }

  /**
   * The stores that an event concerns.
   *
   * @return empty when nothing says where it is; no store when it is far from all
   */
  public Optional<List<Near>> of(LocalEvent event) {
    if (event.point().isPresent()) {
      return Optional.of(within(event.point().get()));
    }
    WithoutPosition otherwise = source.withoutPosition();
    if (otherwise.cities() && event.place().isPresent()) {
      Set<String> parts =
          Arrays.stream(event.place().get().split("[,;/()]| - "))
              .map(NearbyStores::folded)
              .collect(Collectors.toSet());
      List<Near> inCity =
          stores.stream()
              .filter(
                  store ->
                      store.city().map(NearbyStores::folded).filter(parts::contains).isPresent())
              .map(NearbyStores::somewhere)
              .toList();
      if (!inCity.isEmpty()) {
        return Optional.of(inCity);
      }
    }
    List<Near> named =
        stores.stream()
            .filter(
                store ->
                    otherwise.stores().contains(store.storeId())
                        || otherwise.regions().contains(store.region()))
            .map(NearbyStores::somewhere)
            .toList();
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  private List<Near> within(GeoPoint point) {
    return stores.stream()
        .filter(store -> store.point().isPresent())
        .map(
            store ->
                new Near(
                    store.storeId(),
                    OptionalDouble.of(point.kilometresTo(store.point().orElseThrow()))))
        .filter(near -> near.kilometres().getAsDouble() <= source.radiusKm())
        .map(
            near ->
                new Near(
                    near.storeId(),
                    OptionalDouble.of(
                        Math.round(near.kilometres().getAsDouble() * TENTHS) / TENTHS)))
        .toList();
  }

  private static Near somewhere(StorePlace store) {
    return new Near(store.storeId(), OptionalDouble.empty());
  }

  /** Without accents, capitals and blanks around. */
  private static String folded(String words) {
    return Normalizer.normalize(words.strip(), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
