CREATE TABLE tickets (
    batch_id       TEXT    NOT NULL,
    ticket_id      TEXT    NOT NULL,
    customer_id    TEXT    NOT NULL,
    customer_email TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    status         TEXT    NOT NULL CHECK (status IN ('open', 'in_progress', 'pending_customer', 'resolved', 'closed', 'cancelled')),
    escalated      INTEGER NOT NULL CHECK (escalated IN (0, 1)),
    written_at     INTEGER NOT NULL,
    opened_at      INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (batch_id, ticket_id)
);

CREATE INDEX tickets_newest ON tickets (opened_at, batch_id, ticket_id);
CREATE INDEX tickets_status ON tickets (status, opened_at);
CREATE INDEX tickets_customer ON tickets (customer_id, batch_id, opened_at);

CREATE TABLE customers (
    batch_id         TEXT    NOT NULL,
    customer_id      TEXT    NOT NULL,
    email            TEXT,
    open_tickets     INTEGER NOT NULL CHECK (open_tickets >= 0),
    finished_tickets INTEGER NOT NULL CHECK (finished_tickets >= 0),
    updated_at       INTEGER NOT NULL,
    PRIMARY KEY (batch_id, customer_id)
);

CREATE INDEX customers_newest ON customers (updated_at, batch_id, customer_id);
CREATE INDEX customers_email ON customers (lower(email));

-- Tickets that were opened, and customers that were told of them, before there were these tables.
INSERT INTO tickets (batch_id, ticket_id, customer_id, customer_email, subject, status, escalated, written_at, opened_at, updated_at)
SELECT json_extract(t, '$.batch_id'), json_extract(t, '$.ticket_id'), json_extract(t, '$.customer_id'), json_extract(t, '$.customer_email'),
    json_extract(t, '$.subject'), json_extract(t, '$.status'), json_extract(t, '$.escalated'),
    CAST(round((julianday(json_extract(t, '$.written_at')) - 2440587.5) * 86400000) AS INTEGER),
    CAST(round((julianday(json_extract(t, '$.opened_at')) - 2440587.5) * 86400000) AS INTEGER),
    CAST(round((julianday(json_extract(t, '$.updated_at')) - 2440587.5) * 86400000) AS INTEGER)
FROM (SELECT json_extract(CAST(content AS TEXT), '$.ticket') AS t FROM states WHERE kind = 'ticket' AND name = 'ticket')
WHERE json_extract(t, '$.ticket_id') IS NOT NULL;

INSERT INTO customers (batch_id, customer_id, email, open_tickets, finished_tickets, updated_at)
SELECT substr(s.key, 1, instr(s.key, '/') - 1), substr(s.key, instr(s.key, '/') + 1),
    (SELECT min(customer_email) FROM tickets o WHERE o.batch_id = substr(s.key, 1, instr(s.key, '/') - 1) AND o.customer_id = substr(s.key, instr(s.key, '/') + 1)),
    sum(json_extract(t.value, '$.status') NOT IN ('resolved', 'closed', 'cancelled')),
    sum(json_extract(t.value, '$.status') IN ('resolved', 'closed', 'cancelled')),
    max(CAST(round((julianday(json_extract(t.value, '$.updated_at')) - 2440587.5) * 86400000) AS INTEGER))
FROM states s, json_each(CAST(s.content AS TEXT), '$.tickets') t
WHERE s.kind = 'customer' AND s.name = 'customer' AND instr(s.key, '/') > 1
GROUP BY s.key;
