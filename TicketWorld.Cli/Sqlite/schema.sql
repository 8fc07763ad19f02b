CREATE TABLE customers (
  customer_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  tier TEXT NOT NULL,
  primary_email TEXT NOT NULL,
  alternate_email TEXT,
  phone TEXT NOT NULL,
  shipping_street TEXT NOT NULL,
  shipping_city TEXT NOT NULL,
  shipping_state TEXT NOT NULL,
  shipping_zip TEXT NOT NULL,
  billing_street TEXT NOT NULL,
  billing_city TEXT NOT NULL,
  billing_state TEXT NOT NULL,
  billing_zip TEXT NOT NULL,
  tax_exempt INTEGER NOT NULL DEFAULT 0,
  created_date TEXT NOT NULL
);

CREATE TABLE products (
  product_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  brand TEXT NOT NULL,
  base_price NUMERIC NOT NULL,
  warranty_period INTEGER NOT NULL,
  weight NUMERIC NOT NULL,
  requires_signature INTEGER NOT NULL,
  in_stock INTEGER NOT NULL,
  description TEXT NOT NULL
);

CREATE TABLE orders (
  order_id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (customer_id),
  order_date TEXT NOT NULL,
  ordered_at TEXT NOT NULL,
  shipped_at TEXT,
  delivered_at TEXT,
  promised_by TEXT,
  shipping_method TEXT NOT NULL,
  tracking_number TEXT,
  total_amount NUMERIC NOT NULL,
  shipping_fee NUMERIC,
  tax_amount NUMERIC,
  gift_card_amount NUMERIC,
  amount_due NUMERIC,
  gift INTEGER NOT NULL DEFAULT 0,
  payment_method TEXT NOT NULL,
  order_status TEXT NOT NULL,
  items TEXT NOT NULL
);

CREATE TABLE order_items (
  order_id TEXT NOT NULL REFERENCES orders (order_id),
  line INTEGER NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (product_id),
  quantity INTEGER NOT NULL,
  price_paid NUMERIC NOT NULL,
  item_status TEXT NOT NULL,
  settled_at TEXT,
  parcel INTEGER,
  bundle INTEGER,
  final_sale INTEGER NOT NULL DEFAULT 0,
  inspection TEXT,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE parcels (
  order_id TEXT NOT NULL REFERENCES orders (order_id),
  parcel INTEGER NOT NULL,
  tracking_number TEXT NOT NULL,
  shipped_at TEXT,
  delivered_at TEXT,
  PRIMARY KEY (order_id, parcel)
) WITHOUT ROWID;

CREATE TABLE payments (
  payment_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (order_id),
  product_id TEXT REFERENCES products (product_id),
  kind TEXT NOT NULL,
  method TEXT NOT NULL,
  amount NUMERIC NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  settled_at TEXT
);
