SELECT count(*) FROM tickets
WHERE (@status::text IS NULL OR status = @status)
    AND (@escalated::boolean IS NULL OR escalated = @escalated)
    AND (@batch_id::text IS NULL OR batch_id = @batch_id)
    AND (@customer_id::text IS NULL OR customer_id = @customer_id)
    AND (@category::text IS NULL OR category = @category)
    AND (@severity::text IS NULL OR severity = @severity)
    AND (@assigned_team::text IS NULL OR assigned_team = @assigned_team)
