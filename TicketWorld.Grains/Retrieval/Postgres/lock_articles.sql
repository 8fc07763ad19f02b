SELECT pg_advisory_xact_lock(hashtextextended('ticketworld articles ' || current_schema(), 0))
