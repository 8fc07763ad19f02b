using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>The store of another silo: used like any store, opened and closed by its owner.</summary>
internal sealed class BorrowedStore(IGrainStore owned) : IGrainStore
{
    public Task OpenAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task CloseAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<EnqueueResult> EnqueueAsync(NewMessage message, CancellationToken cancellation) => owned.EnqueueAsync(message, cancellation);

    public Task<ClaimResult> ClaimAsync(ClaimRequest request) => owned.ClaimAsync(request);

    public Task<IReadOnlyList<GrainLease>> RenewAsync(IReadOnlyList<GrainLease> running, DateTimeOffset now, DateTimeOffset expiresAt) =>
        owned.RenewAsync(running, now, expiresAt);

    public Task<IReadOnlyDictionary<string, StoredState>> LoadStatesAsync(GrainId grain) => owned.LoadStatesAsync(grain);

    public Task<CommitResult> CommitAsync(TurnEffects effects) => owned.CommitAsync(effects);

    public Task<CommitResult> FailAsync(TurnFailure failure) => owned.FailAsync(failure);

    public Task ReleaseAsync(IReadOnlyList<GrainLease> idle) => owned.ReleaseAsync(idle);

    public Task ReleaseAllAsync(SiloId silo) => owned.ReleaseAllAsync(silo);

    public Task<MessageOutcome?> FindOutcomeAsync(string messageId, CancellationToken cancellation) => owned.FindOutcomeAsync(messageId, cancellation);

    public Task<int> PurgeAsync(DateTimeOffset endedBefore) => owned.PurgeAsync(endedBefore);

    public Task<QueueDepth> DepthAsync(CancellationToken cancellation) => owned.DepthAsync(cancellation);

    public Task<bool> ReplayAsync(string messageId, DateTimeOffset now) => owned.ReplayAsync(messageId, now);

    public Task<bool> DiscardAsync(string messageId, string reason, DateTimeOffset now) => owned.DiscardAsync(messageId, reason, now);
}
