SELECT count(*) FROM tickets
WHERE (@status IS NULL OR status = @status)
    AND (@escalated IS NULL OR escalated = @escalated)
    AND (@batch_id IS NULL OR batch_id = @batch_id)
    AND (@customer_id IS NULL OR customer_id = @customer_id)
    AND (@category IS NULL OR category = @category)
    AND (@severity IS NULL OR severity = @severity)
    AND (@assigned_team IS NULL OR assigned_team = @assigned_team)
