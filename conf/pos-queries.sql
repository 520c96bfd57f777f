-- The till's queries, one statement each; :names are parameters. All read the views of schema pos and
-- find their rows by the primary key or its first columns: TillQueriesTest holds that, and
-- scripts/bench-pos measures it. docs/pos-developer.md says what a missing row means.

-- name: recommendations
SELECT rank, product_id, score, reason, bought_before, purchases, first_purchased_on, last_purchased_on,
  due_on, because_product_id, reason_pt_br, reason_en
FROM pos.product_recommendations
WHERE customer_id = :customer_id
ORDER BY rank;

-- name: similar
SELECT rank, similar_product_id, score, reason
FROM pos.similar_products
WHERE product_id = :product_id
ORDER BY rank;

-- name: popular
SELECT rank, product_id, reason
FROM pos.popular_products
WHERE store_id = :store_id AND segment_id = -1
ORDER BY rank;

-- name: segment
SELECT segment_id, segment_name
FROM pos.customer_segments
WHERE customer_id = :customer_id;

-- name: forecast
SELECT target_date, mean, p10, p90, reason_pt_br, reason_en
FROM pos.demand_forecast
WHERE store_id = :store_id AND product_id = :product_id
ORDER BY target_date;

-- name: order-advice
SELECT order_on, order_quantity, reason, on_hand, counted_on, on_order, expected_demand, safety_stock,
  reorder_level, pack_size, minimum_order, covers_until, supplier_id, terms, maximum_stock, fill_up
FROM pos.replenishment_advice
WHERE store_id = :store_id AND product_id = :product_id;

-- name: store-orders
SELECT order_on, supplier_id, product_id, order_quantity, fill_up, reason
FROM pos.replenishment_advice
WHERE store_id = :store_id AND order_quantity > 0
ORDER BY order_on, supplier_id, product_id;

-- name: freshness
SELECT publication_id, as_of_date, switched_at
FROM pos.publication;
