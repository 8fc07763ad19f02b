namespace TicketWorld.Grains.Runtime;

/// <inheritdoc cref="IParkedMessages"/>
internal sealed class ParkedMessages(IGrainStore store, TimeProvider time) : IParkedMessages
{
    public Task<ParkedPage> ListAsync(int page = 1, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 500);
        return store.ListParkedAsync(page, pageSize, cancellationToken);
    }

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
}
