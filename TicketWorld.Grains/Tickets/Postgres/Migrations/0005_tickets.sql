CREATE TABLE tickets (
    batch_id       text COLLATE "C" NOT NULL,
    ticket_id      text COLLATE "C" NOT NULL,
    customer_id    text COLLATE "C" NOT NULL,
    customer_email text    NOT NULL,
    subject        text    NOT NULL,
    status         text    NOT NULL CHECK (status IN ('open', 'in_progress', 'pending_customer', 'resolved', 'closed', 'cancelled')),
    escalated      boolean NOT NULL,
    written_at     bigint  NOT NULL,
    opened_at      bigint  NOT NULL,
    updated_at     bigint  NOT NULL,
    PRIMARY KEY (batch_id, ticket_id)
) WITH (fillfactor = 70);

CREATE INDEX tickets_newest ON tickets (opened_at, batch_id, ticket_id);
CREATE INDEX tickets_status ON tickets (status, opened_at);
CREATE INDEX tickets_customer ON tickets (customer_id, batch_id, opened_at);

CREATE TABLE customers (
    batch_id         text COLLATE "C" NOT NULL,
    customer_id      text COLLATE "C" NOT NULL,
    email            text,
    open_tickets     integer NOT NULL CHECK (open_tickets >= 0),
    finished_tickets integer NOT NULL CHECK (finished_tickets >= 0),
    updated_at       bigint  NOT NULL,
    PRIMARY KEY (batch_id, customer_id)
) WITH (fillfactor = 70);

CREATE INDEX customers_newest ON customers (updated_at, batch_id, customer_id);
CREATE INDEX customers_email ON customers (lower(email));

-- Tickets that were opened, and customers that were told of them, before there were these tables.
INSERT INTO tickets (batch_id, ticket_id, customer_id, customer_email, subject, status, escalated, written_at, opened_at, updated_at)
SELECT t->>'batch_id', t->>'ticket_id', t->>'customer_id', t->>'customer_email', t->>'subject', t->>'status', (t->>'escalated')::boolean,
    (extract(epoch FROM (t->>'written_at')::timestamptz) * 1000)::bigint,
    (extract(epoch FROM (t->>'opened_at')::timestamptz) * 1000)::bigint,
    (extract(epoch FROM (t->>'updated_at')::timestamptz) * 1000)::bigint
FROM (SELECT convert_from(content, 'UTF8')::json -> 'ticket' AS t FROM states WHERE kind = 'ticket' AND name = 'ticket') kept
WHERE t->>'ticket_id' IS NOT NULL;

INSERT INTO customers (batch_id, customer_id, email, open_tickets, finished_tickets, updated_at)
SELECT split_part(s.key, '/', 1), substr(s.key, strpos(s.key, '/') + 1),
    (SELECT min(customer_email) FROM tickets o WHERE o.batch_id = split_part(s.key, '/', 1) AND o.customer_id = substr(s.key, strpos(s.key, '/') + 1)),
    count(*) FILTER (WHERE t.value->>'status' NOT IN ('resolved', 'closed', 'cancelled')),
    count(*) FILTER (WHERE t.value->>'status' IN ('resolved', 'closed', 'cancelled')),
    max((extract(epoch FROM (t.value->>'updated_at')::timestamptz) * 1000)::bigint)
FROM states s CROSS JOIN LATERAL json_each(convert_from(s.content, 'UTF8')::json -> 'tickets') t
WHERE s.kind = 'customer' AND s.name = 'customer' AND strpos(s.key, '/') > 1
GROUP BY s.key;
