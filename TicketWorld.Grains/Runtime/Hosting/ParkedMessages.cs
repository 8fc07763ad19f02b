namespace TicketWorld.Grains.Runtime;

/// <inheritdoc cref="IParkedMessages"/>
internal sealed class ParkedMessages(IGrainStore store, IReadModel readModel, TimeProvider time) : IParkedMessages
{
    public async Task<ParkedPage> ListAsync(int page = 1, int pageSize = 50, string? kind = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 500);
        var rows = await readModel.QueryAsync<Row>("list_parked", new { kind, id = (string?)null, limit = (long)pageSize, offset = (page - 1L) * pageSize }, cancellationToken);
        var total = await readModel.FirstAsync<long>("count_parked", new { kind }, cancellationToken);
        return new([.. rows.Select(row => row.ToMessage())], total, page, pageSize);
    }

    public async Task<ParkedMessage?> FindAsync(string messageId, CancellationToken cancellationToken = default) =>
        (await readModel.FirstAsync<Row>("list_parked", new { kind = (string?)null, id = messageId, limit = 1L, offset = 0L }, cancellationToken))?.ToMessage();

    public async Task<MessageFate?> FateAsync(string messageId, CancellationToken cancellationToken = default) =>
        await readModel.FirstAsync<string>("message_fate", new { id = messageId }, cancellationToken) is { } word ? Enum.Parse<MessageFate>(word, ignoreCase: true) : null;

    public Task<bool> ReplayAsync(string messageId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return store.ReplayAsync(messageId, time.GetUtcNow());
    }

    public Task<bool> DiscardAsync(string messageId, string reason, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return store.DiscardAsync(messageId, reason, time.GetUtcNow());
    }

    /// <summary>As the database has it; times in milliseconds since 1970-01-01T00:00:00Z.</summary>
    private sealed record Row
    {
        public required string MessageId { get; init; }

        public required string Kind { get; init; }

        public required string Key { get; init; }

        public required string Method { get; init; }

        public required string Arguments { get; init; }

        public required long Attempts { get; init; }

        public required long CreatedAt { get; init; }

        public required long ParkedAt { get; init; }

        public string? ErrorType { get; init; }

        public string? ErrorMessage { get; init; }

        public required string ErrorCode { get; init; }

        public string? Detail { get; init; }

        public ParkedMessage ToMessage() => new()
        {
            MessageId = MessageId,
            Grain = new(Kind, Key),
            Method = Method,
            Arguments = Arguments,
            Attempts = (int)Attempts,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            ParkedAt = DateTimeOffset.FromUnixTimeMilliseconds(ParkedAt),
            Error = new(ErrorType ?? "", ErrorMessage ?? "", ErrorCode),
            Detail = Detail ?? "",
        };
    }
}
