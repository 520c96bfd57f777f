/**
 * The sample lake: a seeded retailer that does not exist, with planted structure that tests and
 * users can check against.
 *
 * <p>How it works: {@code World} holds everything smaller than the customers (shelves, weather,
 * promotions, stock-outs, what each day does to each category). It follows from the settings alone,
 * so every executor builds its own. Shoppers are independent given the world: Spark spreads their
 * numbers, and each one's random stream starts at a hash of the seed and that number. So the rows
 * do not depend on partitions or cores.
 *
 * <p>Depends on {@code contract} and {@code config}. No input or output.
 */
package com.posmodern.ai.source.sample;
