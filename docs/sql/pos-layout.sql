-- Generated from lake-schemas/: what stays in the till's database from night to night.
-- PostgresLayoutTest fails when it is stale.

CREATE SCHEMA IF NOT EXISTS pos_admin;

CREATE SCHEMA IF NOT EXISTS pos_rows;

CREATE SCHEMA IF NOT EXISTS pos;

CREATE TABLE IF NOT EXISTS pos_admin.layout (
  fingerprint text NOT NULL
);

CREATE TABLE IF NOT EXISTS pos_admin.publications (
  publication_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publication_id text NOT NULL UNIQUE,
  as_of_date date NOT NULL,
  loaded_at timestamp with time zone
);

CREATE TABLE IF NOT EXISTS pos_admin.contents (
  publication_no integer NOT NULL REFERENCES pos_admin.publications,
  table_name text NOT NULL,
  base_no integer NOT NULL REFERENCES pos_admin.publications,
  base_rows bigint NOT NULL,
  model_version text,
  row_count bigint NOT NULL,
  rows_written bigint NOT NULL,
  PRIMARY KEY (publication_no, table_name)
);

CREATE TABLE IF NOT EXISTS pos_admin.visible (
  table_name text PRIMARY KEY,
  publication_no integer NOT NULL,
  base_no integer NOT NULL,
  publication_id text NOT NULL,
  as_of_date date NOT NULL,
  model_version text,
  switched_at timestamp with time zone NOT NULL
);

CREATE OR REPLACE VIEW pos.publication AS
SELECT DISTINCT publication_id, as_of_date, switched_at FROM pos_admin.visible;

COMMENT ON VIEW pos.publication IS 'The publication that all views show now; one row.';

CREATE TABLE IF NOT EXISTS pos_rows.customer_segments (
  "model_version" text,
  "customer_id" text NOT NULL,
  "segment_id" integer NOT NULL,
  "segment_name" text NOT NULL,
  "distance" double precision,
  "placed" boolean NOT NULL,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.customer_segments AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'customer_segments') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'customer_segments')) AS model_version,
  r."customer_id",
  r."segment_id",
  r."segment_name",
  r."distance",
  r."placed"
FROM pos_rows.customer_segments r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'customer_segments')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'customer_segments')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'customer_segments');

COMMENT ON VIEW pos.customer_segments IS 'The segment of every known customer.';

COMMENT ON COLUMN pos.customer_segments."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.customer_segments."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.customer_segments."customer_id" IS 'Pseudonym of the customer.';

COMMENT ON COLUMN pos.customer_segments."segment_id" IS 'Segment; 0 for customers that cannot be placed. Unit: ordinal.';

COMMENT ON COLUMN pos.customer_segments."segment_name" IS 'Name of the segment.';

COMMENT ON COLUMN pos.customer_segments."distance" IS 'Distance to the centroid; null in segment 0. Unit: scaled units.';

COMMENT ON COLUMN pos.customer_segments."placed" IS 'False in segment 0.';

CREATE TABLE IF NOT EXISTS pos_rows.demand_forecast (
  "model_version" text,
  "store_id" text NOT NULL,
  "product_id" text NOT NULL,
  "target_date" date NOT NULL,
  "horizon_days" integer NOT NULL,
  "mean" double precision NOT NULL,
  "p10" double precision NOT NULL,
  "p50" double precision NOT NULL,
  "p90" double precision NOT NULL,
  "demand_class" text NOT NULL,
  "candidate" text NOT NULL,
  "part_level" double precision,
  "part_trend" double precision,
  "part_weekday" double precision,
  "part_season" double precision,
  "part_holiday" double precision,
  "part_promotion" double precision,
  "part_price" double precision,
  "part_weather" double precision,
  "part_simple" double precision,
  "part_correction" double precision,
  "reason_en" text,
  "reason_pt_br" text,
  "known_until" date,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.demand_forecast AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'demand_forecast') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'demand_forecast')) AS model_version,
  r."store_id",
  r."product_id",
  r."target_date",
  r."horizon_days",
  r."mean",
  r."p10",
  r."p50",
  r."p90",
  r."demand_class",
  r."candidate",
  r."part_level",
  r."part_trend",
  r."part_weekday",
  r."part_season",
  r."part_holiday",
  r."part_promotion",
  r."part_price",
  r."part_weather",
  r."part_simple",
  r."part_correction",
  r."reason_en",
  r."reason_pt_br",
  r."known_until"
FROM pos_rows.demand_forecast r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'demand_forecast')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'demand_forecast')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'demand_forecast');

COMMENT ON VIEW pos.demand_forecast IS 'Demand for the next 28 days per store and product.';

COMMENT ON COLUMN pos.demand_forecast."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.demand_forecast."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.demand_forecast."store_id" IS 'Store.';

COMMENT ON COLUMN pos.demand_forecast."product_id" IS 'Product.';

COMMENT ON COLUMN pos.demand_forecast."target_date" IS 'Day forecast.';

COMMENT ON COLUMN pos.demand_forecast."horizon_days" IS 'target_date - as_of_date. Unit: days.';

COMMENT ON COLUMN pos.demand_forecast."mean" IS 'Expected demand. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."p10" IS '10 % quantile: demand is lower on 10 % of the days. Zero where series like this sell nothing on 10 % of the days or more; then no day is lower. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."p50" IS 'Median: the number with the lowest absolute error; zero where most days sell nothing. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."p90" IS '90 % quantile: demand is higher on 10 % of the days. Zero where series like this sell nothing on 90 % of the days or more; then fewer are higher. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."demand_class" IS 'Demand class of the series.';

COMMENT ON COLUMN pos.demand_forecast."candidate" IS 'Forecaster that made the row; combination where several did.';

COMMENT ON COLUMN pos.demand_forecast."part_level" IS 'The usual level of the series, as the trained trees see it. The parts add up to the mean; null for series that are not explained. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_trend" IS 'What recent growth or decline adds, by the trees, as the parts below. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_weekday" IS 'What the day of the week adds. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_season" IS 'What the time of the year and the day of the month add. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_holiday" IS 'What holidays, commercial dates and local events add. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_promotion" IS 'What promotions add. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_price" IS 'What the price adds. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_weather" IS 'What the weather adds. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_simple" IS 'The share of simple methods (averages of past weeks) in the forecast. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."part_correction" IS 'What scaling to the forecast of the sum of the category and of all adds, and rounding. Unit: sales units.';

COMMENT ON COLUMN pos.demand_forecast."reason_en" IS 'What the forecast is made of, as one sentence in English; null for series that are not explained.';

COMMENT ON COLUMN pos.demand_forecast."reason_pt_br" IS 'The same sentence in Brazilian Portuguese.';

COMMENT ON COLUMN pos.demand_forecast."known_until" IS 'Null, but for a store whose sales of the as-of date had not arrived: the last day that the row knows of. It is then the last night''s row, unless there was none or quality.late_stores says otherwise.';

CREATE TABLE IF NOT EXISTS pos_rows.popular_products (
  "model_version" text,
  "store_id" text NOT NULL,
  "segment_id" integer NOT NULL,
  "rank" integer NOT NULL,
  "product_id" text NOT NULL,
  "score" double precision NOT NULL,
  "reason" text NOT NULL,
  "known_until" date,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.popular_products AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'popular_products') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'popular_products')) AS model_version,
  r."store_id",
  r."segment_id",
  r."rank",
  r."product_id",
  r."score",
  r."reason",
  r."known_until"
FROM pos_rows.popular_products r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'popular_products')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'popular_products')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'popular_products');

COMMENT ON VIEW pos.popular_products IS 'The best-selling products per store and segment, for customers without history.';

COMMENT ON COLUMN pos.popular_products."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.popular_products."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.popular_products."store_id" IS 'Store; ALL over every store.';

COMMENT ON COLUMN pos.popular_products."segment_id" IS 'Segment; -1 over every segment. Unit: ordinal.';

COMMENT ON COLUMN pos.popular_products."rank" IS 'Place in the list, from 1. Unit: ordinal.';

COMMENT ON COLUMN pos.popular_products."product_id" IS 'Product.';

COMMENT ON COLUMN pos.popular_products."score" IS 'Baskets that held the product, decayed with time. Unit: decayed baskets.';

COMMENT ON COLUMN pos.popular_products."reason" IS 'Why the product is there.';

COMMENT ON COLUMN pos.popular_products."known_until" IS 'Null, but for a store whose sales of the as-of date had not arrived: the last day that the row knows of. It is then the last night''s row, unless there was none or quality.late_stores says otherwise.';

CREATE TABLE IF NOT EXISTS pos_rows.product_recommendations (
  "model_version" text,
  "customer_id" text NOT NULL,
  "rank" integer NOT NULL,
  "product_id" text NOT NULL,
  "score" double precision NOT NULL,
  "reason" text NOT NULL,
  "bought_before" boolean NOT NULL,
  "purchases" bigint NOT NULL,
  "first_purchased_on" date,
  "last_purchased_on" date,
  "due_on" date,
  "because_product_id" text,
  "reason_en" text,
  "reason_pt_br" text,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.product_recommendations AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'product_recommendations') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'product_recommendations')) AS model_version,
  r."customer_id",
  r."rank",
  r."product_id",
  r."score",
  r."reason",
  r."bought_before",
  r."purchases",
  r."first_purchased_on",
  r."last_purchased_on",
  r."due_on",
  r."because_product_id",
  r."reason_en",
  r."reason_pt_br"
FROM pos_rows.product_recommendations r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'product_recommendations')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'product_recommendations')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'product_recommendations');

COMMENT ON VIEW pos.product_recommendations IS 'The products to offer each known customer, best first.';

COMMENT ON COLUMN pos.product_recommendations."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.product_recommendations."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.product_recommendations."customer_id" IS 'Pseudonym of the customer.';

COMMENT ON COLUMN pos.product_recommendations."rank" IS 'Place in the list, from 1. Unit: ordinal.';

COMMENT ON COLUMN pos.product_recommendations."product_id" IS 'Product.';

COMMENT ON COLUMN pos.product_recommendations."score" IS 'How likely a purchase within 14 days is where a trained model ranked; higher is better. Unit: score.';

COMMENT ON COLUMN pos.product_recommendations."reason" IS 'Why the product is there.';

COMMENT ON COLUMN pos.product_recommendations."bought_before" IS 'True when the customer bought the product before; false: it is to be discovered.';

COMMENT ON COLUMN pos.product_recommendations."purchases" IS 'Days on which the customer bought the product. Unit: days.';

COMMENT ON COLUMN pos.product_recommendations."first_purchased_on" IS 'Business date of the customer''s first purchase of it.';

COMMENT ON COLUMN pos.product_recommendations."last_purchased_on" IS 'Business date of the customer''s last purchase of it.';

COMMENT ON COLUMN pos.product_recommendations."due_on" IS 'When the customer would buy it again at their mean interval; null before the second purchase. May be past.';

COMMENT ON COLUMN pos.product_recommendations."because_product_id" IS 'Product bought by the customer that most led to this one; null when none did.';

COMMENT ON COLUMN pos.product_recommendations."reason_en" IS 'The reason as one sentence to read out, in English.';

COMMENT ON COLUMN pos.product_recommendations."reason_pt_br" IS 'The same sentence in Brazilian Portuguese.';

CREATE TABLE IF NOT EXISTS pos_rows.replenishment_advice (
  "model_version" text,
  "store_id" text NOT NULL,
  "product_id" text NOT NULL,
  "on_hand" double precision,
  "counted_on" date,
  "on_order" double precision NOT NULL,
  "lead_time" integer NOT NULL,
  "order_on" date NOT NULL,
  "covers_until" date NOT NULL,
  "service_level" double precision NOT NULL,
  "expected_demand" double precision NOT NULL,
  "safety_stock" double precision NOT NULL,
  "reorder_level" double precision NOT NULL,
  "pack_size" integer NOT NULL,
  "minimum_order" double precision NOT NULL,
  "order_up_to" double precision NOT NULL,
  "order_quantity" double precision,
  "stock_cover" double precision,
  "reason" text NOT NULL,
  "supplier_id" text,
  "terms" text NOT NULL,
  "minimum_order_value" double precision,
  "minimum_order_pallets" double precision,
  "maximum_stock" double precision,
  "presentation_minimum" double precision NOT NULL,
  "shelf_life" integer,
  "fill_up" double precision NOT NULL,
  "listed_until" date,
  "last_order_on" date,
  "known_until" date,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.replenishment_advice AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'replenishment_advice') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'replenishment_advice')) AS model_version,
  r."store_id",
  r."product_id",
  r."on_hand",
  r."counted_on",
  r."on_order",
  r."lead_time",
  r."order_on",
  r."covers_until",
  r."service_level",
  r."expected_demand",
  r."safety_stock",
  r."reorder_level",
  r."pack_size",
  r."minimum_order",
  r."order_up_to",
  r."order_quantity",
  r."stock_cover",
  r."reason",
  r."supplier_id",
  r."terms",
  r."minimum_order_value",
  r."minimum_order_pallets",
  r."maximum_stock",
  r."presentation_minimum",
  r."shelf_life",
  r."fill_up",
  r."listed_until",
  r."last_order_on",
  r."known_until"
FROM pos_rows.replenishment_advice r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'replenishment_advice')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'replenishment_advice')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'replenishment_advice');

COMMENT ON VIEW pos.replenishment_advice IS 'How much to order per store and product, and why.';

COMMENT ON COLUMN pos.replenishment_advice."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.replenishment_advice."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.replenishment_advice."store_id" IS 'Store.';

COMMENT ON COLUMN pos.replenishment_advice."product_id" IS 'Product.';

COMMENT ON COLUMN pos.replenishment_advice."on_hand" IS 'Stock at closing on the as-of date: the newest count, less sales and plus returns and receipts since; null when unknown. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."counted_on" IS 'Day of the count that on_hand comes from; null when unknown.';

COMMENT ON COLUMN pos.replenishment_advice."on_order" IS 'Units on their way that will arrive by covers_until. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."lead_time" IS 'Days from order_on to the shelf. Unit: days.';

COMMENT ON COLUMN pos.replenishment_advice."order_on" IS 'Next day on which the supplier takes orders; the quantity is for that day, and exact on the eve of it.';

COMMENT ON COLUMN pos.replenishment_advice."covers_until" IS 'Last day that the level provides for; the day after, the order after this one has arrived, or the goods of this one have spoilt.';

COMMENT ON COLUMN pos.replenishment_advice."service_level" IS 'Target share of order cycles that end without a stock-out. Unit: ratio.';

COMMENT ON COLUMN pos.replenishment_advice."expected_demand" IS 'Mean demand from the day after the as-of date to covers_until. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."safety_stock" IS 'Stock held against uncertainty. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."reorder_level" IS 'An order is advised when on_hand + on_order is below: expected demand and safety stock, in whole units, at most what the shelf holds. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."pack_size" IS 'Units in one order pack. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."minimum_order" IS 'Smallest order, in whole packs. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."order_up_to" IS 'The advice never lifts on_hand + on_order above: reorder_level, plus what a last whole pack or smallest order may bring too much; where fill_up brings more, what it brings. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."order_quantity" IS 'Advised order, in whole packs; null when the stock is unknown. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."stock_cover" IS 'Days that on_hand lasts at the mean demand; null when unknown or without demand. Unit: days.';

COMMENT ON COLUMN pos.replenishment_advice."reason" IS 'Why, in one code.';

COMMENT ON COLUMN pos.replenishment_advice."supplier_id" IS 'Supplier that the order goes to; null where supply_terms name none.';

COMMENT ON COLUMN pos.replenishment_advice."terms" IS 'Most specific terms of supply that hold: product_and_store, product, supplier_and_store, supplier, store, everything, or settings.';

COMMENT ON COLUMN pos.replenishment_advice."minimum_order_value" IS 'Smallest value of the supplier''s order for the store; null: none. Unit: currency.';

COMMENT ON COLUMN pos.replenishment_advice."minimum_order_pallets" IS 'Smallest order of the supplier for the store in pallets; null: none. Unit: pallets.';

COMMENT ON COLUMN pos.replenishment_advice."maximum_stock" IS 'Most units that the shelf holds; null: no limit. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."presentation_minimum" IS 'Units that shall stand on the shelf whatever the demand; 0: none. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."shelf_life" IS 'Days for which the goods can be sold; null: no limit. Unit: days.';

COMMENT ON COLUMN pos.replenishment_advice."fill_up" IS 'Units of order_quantity that only bring the supplier''s order to its smallest value. Unit: sales units.';

COMMENT ON COLUMN pos.replenishment_advice."listed_until" IS 'Last day on which the store keeps the product; null while it has no end.';

COMMENT ON COLUMN pos.replenishment_advice."last_order_on" IS 'Day of the last order that arrives before that; null while there is no end.';

COMMENT ON COLUMN pos.replenishment_advice."known_until" IS 'Null, but for a store whose sales of the as-of date had not arrived: the last day that the row knows of. It is then the last night''s row, unless there was none or quality.late_stores says otherwise.';

CREATE TABLE IF NOT EXISTS pos_rows.segment_profiles (
  "model_version" text,
  "segment_id" integer NOT NULL,
  "segment_name" text NOT NULL,
  "customers" bigint NOT NULL,
  "customer_share" double precision NOT NULL,
  "revenue_share" double precision NOT NULL,
  "median_recency" double precision,
  "median_frequency" double precision,
  "median_monetary_value" double precision,
  "median_basket_value" double precision,
  "discount_share" double precision,
  "weekend_share" double precision,
  "online_share" double precision,
  "mean_hour" double precision,
  "top_departments" text[] NOT NULL,
  "distinction" text NOT NULL,
  "picture_x" double precision,
  "picture_y" double precision,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.segment_profiles AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'segment_profiles') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'segment_profiles')) AS model_version,
  r."segment_id",
  r."segment_name",
  r."customers",
  r."customer_share",
  r."revenue_share",
  r."median_recency",
  r."median_frequency",
  r."median_monetary_value",
  r."median_basket_value",
  r."discount_share",
  r."weekend_share",
  r."online_share",
  r."mean_hour",
  r."top_departments",
  r."distinction",
  r."picture_x",
  r."picture_y"
FROM pos_rows.segment_profiles r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'segment_profiles')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'segment_profiles')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'segment_profiles');

COMMENT ON VIEW pos.segment_profiles IS 'A profile of each segment.';

COMMENT ON COLUMN pos.segment_profiles."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.segment_profiles."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.segment_profiles."segment_id" IS 'Segment. Unit: ordinal.';

COMMENT ON COLUMN pos.segment_profiles."segment_name" IS 'Name.';

COMMENT ON COLUMN pos.segment_profiles."customers" IS 'Size. Unit: customers.';

COMMENT ON COLUMN pos.segment_profiles."customer_share" IS 'Share of the known customers. Unit: share.';

COMMENT ON COLUMN pos.segment_profiles."revenue_share" IS 'Share of their revenue. Unit: share.';

COMMENT ON COLUMN pos.segment_profiles."median_recency" IS 'Median recency. Unit: days.';

COMMENT ON COLUMN pos.segment_profiles."median_frequency" IS 'Median number of baskets. Unit: baskets.';

COMMENT ON COLUMN pos.segment_profiles."median_monetary_value" IS 'Median revenue. Unit: currency.';

COMMENT ON COLUMN pos.segment_profiles."median_basket_value" IS 'Median basket value. Unit: currency.';

COMMENT ON COLUMN pos.segment_profiles."discount_share" IS 'Mean discount share. Unit: share.';

COMMENT ON COLUMN pos.segment_profiles."weekend_share" IS 'Mean weekend share. Unit: share.';

COMMENT ON COLUMN pos.segment_profiles."online_share" IS 'Mean online share. Unit: share.';

COMMENT ON COLUMN pos.segment_profiles."mean_hour" IS 'Mean hour. Unit: hour.';

COMMENT ON COLUMN pos.segment_profiles."top_departments" IS 'Departments bought more than by others, most first.';

COMMENT ON COLUMN pos.segment_profiles."distinction" IS 'What distinguishes the segment, in one sentence.';

COMMENT ON COLUMN pos.segment_profiles."picture_x" IS 'Centroid on the first principal axis. Unit: scaled units.';

COMMENT ON COLUMN pos.segment_profiles."picture_y" IS 'Centroid on the second principal axis. Unit: scaled units.';

CREATE TABLE IF NOT EXISTS pos_rows.similar_products (
  "model_version" text,
  "product_id" text NOT NULL,
  "rank" integer NOT NULL,
  "similar_product_id" text NOT NULL,
  "score" double precision NOT NULL,
  "factor_similarity" double precision,
  "lift" double precision,
  "support" bigint,
  "reason" text NOT NULL,
  base_no integer NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (base_no);

CREATE OR REPLACE VIEW pos.similar_products AS
SELECT
  (SELECT v.as_of_date FROM pos_admin.visible v WHERE v.table_name = 'similar_products') AS as_of_date,
  coalesce(r.model_version, (SELECT v.model_version FROM pos_admin.visible v WHERE v.table_name = 'similar_products')) AS model_version,
  r."product_id",
  r."rank",
  r."similar_product_id",
  r."score",
  r."factor_similarity",
  r."lift",
  r."support",
  r."reason"
FROM pos_rows.similar_products r
WHERE r.base_no = (SELECT v.base_no FROM pos_admin.visible v WHERE v.table_name = 'similar_products')
  AND r.valid_from <= (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'similar_products')
  AND r.valid_to > (SELECT v.publication_no FROM pos_admin.visible v WHERE v.table_name = 'similar_products');

COMMENT ON VIEW pos.similar_products IS 'Similar products, and products bought together.';

COMMENT ON COLUMN pos.similar_products."as_of_date" IS 'Last complete business date used for the row (as-of date).';

COMMENT ON COLUMN pos.similar_products."model_version" IS 'Version of the model that made the row; see ops.model_registry.';

COMMENT ON COLUMN pos.similar_products."product_id" IS 'Product looked at.';

COMMENT ON COLUMN pos.similar_products."rank" IS 'Place in the list, from 1. Unit: ordinal.';

COMMENT ON COLUMN pos.similar_products."similar_product_id" IS 'Product to offer.';

COMMENT ON COLUMN pos.similar_products."score" IS 'Blend of the two similarities. Unit: score.';

COMMENT ON COLUMN pos.similar_products."factor_similarity" IS 'Cosine of the ALS factors; null without factors. Unit: cosine.';

COMMENT ON COLUMN pos.similar_products."lift" IS 'Baskets with both over those expected by chance; null below the support. Unit: ratio.';

COMMENT ON COLUMN pos.similar_products."support" IS 'Baskets that held both. Unit: baskets.';

COMMENT ON COLUMN pos.similar_products."reason" IS 'Why the product is there.';

GRANT USAGE ON SCHEMA pos TO pos_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA pos TO pos_reader;
