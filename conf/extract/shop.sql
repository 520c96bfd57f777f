-- The tables that conf/extract/shop.yaml reads, with a few rows, to try it: see docs/connectors.md.
CREATE TABLE store (id text PRIMARY KEY, name text, city text, state text);
CREATE TABLE product (id text PRIMARY KEY, name text, category text, department text);
CREATE TABLE sale (
  sale_id text PRIMARY KEY, store_id text, customer_id text, sold_at timestamp, channel text,
  cancelled boolean NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE sale_line (
  sale_id text, line_no int, product_id text, quantity numeric, price numeric(10,2), discount numeric(10,2),
  updated_at timestamptz NOT NULL, PRIMARY KEY (sale_id, line_no));

INSERT INTO store VALUES ('S1', 'Centro', 'São Paulo', 'SP');
INSERT INTO product VALUES
  ('P1', 'Rice', 'Grains', 'Food'), ('P2', 'Beans', 'Grains', 'Food'), ('P3', 'Soap', 'Care', 'Drugstore');
INSERT INTO sale VALUES
  ('A1', 'S1', 'C1', '2025-03-03 10:00', 'store', false, '2025-03-03 13:00+00'),
  ('A2', 'S1', NULL, '2025-03-03 11:30', 'store', false, '2025-03-03 14:30+00'),
  ('A3', 'S1', 'C2', '2025-03-04 09:15', 'online', false, '2025-03-04 12:15+00'),
  ('A4', 'S1', NULL, '2025-03-04 15:00', 'store', true, '2025-03-04 18:00+00');
INSERT INTO sale_line VALUES
  ('A1', 1, 'P1', 2, 21.90, 0, '2025-03-03 13:00+00'),
  ('A1', 2, 'P2', 1, 8.50, NULL, '2025-03-03 13:00+00'),
  ('A2', 1, 'P1', 1, 21.90, 1.90, '2025-03-03 14:30+00'),
  -- A discount above the price: it is refused, with the reason.
  ('A3', 1, 'P1', 1, 21.90, 30.00, '2025-03-04 12:15+00'),
  ('A4', 1, 'P2', 3, 8.50, 0, '2025-03-04 18:00+00');
