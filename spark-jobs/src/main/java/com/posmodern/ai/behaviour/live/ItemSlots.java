package com.posmodern.ai.behaviour.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts by key in slots of {@link StoreSlots#SLOT}, of the last hour. Of more keys than are
 * allowed the new ones are left out until some have been forgotten, so that the memory is bounded.
 */
final class ItemSlots<K> {
  private record Slot(long count, double money) {}

  private final Map<K, TreeMap<Long, Slot>> slots = new HashMap<>();
  private final int most;

  /**
   * @param most keys
   */
  ItemSlots(int most) {
    this.most = most;
  }

  void add(K key, long slot, long count, double money) {
    if (slots.size() < most || slots.containsKey(key)) {
      slots
          .computeIfAbsent(key, none -> new TreeMap<>())
          .merge(
              slot,
              new Slot(count, money),
              (a, b) -> new Slot(a.count + b.count, a.money + b.money));
    }
  }

  void forget(long before) {
    slots
        .values()
        .removeIf(
            one -> {
              one.headMap(before).clear();
              return one.isEmpty();
            });
  }

  Collection<K> keys() {
    return slots.keySet();
  }

  /** Of the slots from the one to before the other. */
  long count(K key, long from, long until) {
    return within(key, from, until).stream().mapToLong(Slot::count).sum();
  }

  double money(K key, long from, long until) {
    return within(key, from, until).stream().mapToDouble(Slot::money).sum();
  }

  private Collection<Slot> within(K key, long from, long until) {
    TreeMap<Long, Slot> one = slots.get(key);
    return one == null ? java.util.List.of() : one.subMap(from, Math.max(from, until)).values();
  }
}
