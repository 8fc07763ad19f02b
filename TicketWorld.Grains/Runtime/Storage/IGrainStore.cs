// The turn and lease protocol
// ===========================
//
// A grain is a pair (kind, key). What it does is a sequence of turns; one turn handles one message. The store keeps
// for each grain a line of messages, a lease and named states, and this interface is all that the runtime knows of it.
//
// The line. A message enters its grain's line with a sequence number and is handled in that order. The head of the
// line is the message with the lowest number that is not finished. Only the head is ever handed out, so a message that
// backs off after an error holds up the ones behind it until it succeeds or is parked: a grain never sees message 8
// before message 7 was given up on. A delayed message has no place in the line until it is due; then it joins the end.
//
// The lease. To run a turn a silo claims the grain: in one step it becomes the owner, the lease gets an expiry, and the
// head becomes `leased`. The lease carries an epoch (Gray and Cheriton, "Leases", SOSP 1989, give the expiry; the epoch
// is the fencing token of Chubby's sequencer, Burrows, OSDI 2006). A claim by the silo that held the lease last keeps
// the epoch, because nobody else can have written since, and so what its activation has in memory is current. Every
// other claim raises the epoch. While a turn runs its silo renews the expiry. When a silo dies the expiry passes, a
// claim by another silo raises the epoch, puts the head back to `ready`, and counts an interruption. The silo itself does
// so one lease later: it renews what it runs, so that is a turn which it does not know of, because the answer to its claim was lost.
// A store in the silo's own process may claim for its open slots in the step that makes messages ready, by the same rules.
//
// The commit. While a turn runs it changes nothing outside: changed states, sent messages, its reply and statements for
// the read model are collected. They are applied in one transaction together with the end of the message, and each
// write is conditional on the grain being owned by this silo under this epoch with this message leased. If the lease is
// gone no condition holds, the transaction is rolled back, and the silo is told LeaseLost. States are checked
// against the version that was loaded, as a second fence.
//
// Exactly once. A message's effect and its end are one transaction, so a turn that dies before the commit has had no
// effect and is run again, and one that died after it is never run again. Message identities are unique, so a sender
// from outside that does not know whether its message arrived sends it again under the same identity. Identities of
// messages sent by a turn are derived from the message that it handled. What a turn does outside the transaction (a
// request to a model, rows of a chunk) may happen more than once; chunks therefore carry the epoch, and count only when
// a commit names them.
//
// Failure. A turn that throws is rolled back and its message is due again after a back-off; after the last attempt it
// is parked with its error, out of the line, until somebody replays it (it joins the end of the line) or discards it.
// A GrainCallException is no failure but an answer: the turn has no effect and the message is finished with it.

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Keeps messages, leases and states; see the head of this file. Every method is one atomic step that is durable when
/// its task completes. Times come from the caller's clock, and a store that several machines share may use its own instead.
/// </summary>
internal interface IGrainStore : IAsyncDisposable
{
    /// <summary>Prepares the store: exclusive use where the store is embedded, migrations, take-over from a dead process.</summary>
    /// <exception cref="GrainStoreException">The store cannot be used; the message says why and what to do.</exception>
    Task OpenAsync(CancellationToken cancellation);

    /// <summary>Finishes what is under way and closes the store.</summary>
    Task CloseAsync();

    Task<EnqueueResult> EnqueueAsync(NewMessage message, CancellationToken cancellation);

    /// <summary>Claims grains whose head is due, the longest due first, at most one message of each.</summary>
    Task<ClaimResult> ClaimAsync(ClaimRequest request);

    /// <summary>Moves the expiry of running turns on; gives the leases that are lost.</summary>
    Task<IReadOnlyList<GrainLease>> RenewAsync(IReadOnlyList<GrainLease> running, DateTimeOffset now, DateTimeOffset expiresAt);

    /// <summary>The grain's states by name. The caller holds the lease, so they do not change under it.</summary>
    Task<IReadOnlyDictionary<string, StoredState>> LoadStatesAsync(GrainId grain);

    /// <summary>Applies a turn as a whole, or nothing of it.</summary>
    /// <exception cref="StagedStatementException">A statement that the turn staged failed.</exception>
    Task<CommitResult> CommitAsync(TurnEffects effects);

    /// <summary>Ends an attempt without effect: back to the line at a later time, or parked.</summary>
    Task<CommitResult> FailAsync(TurnFailure failure);

    /// <summary>Gives up leases of grains that run no turn.</summary>
    Task ReleaseAsync(IReadOnlyList<GrainLease> idle);

    /// <summary>Gives up every lease of a silo that stops, so that others need not wait for their expiry.</summary>
    Task ReleaseAllAsync(SiloId silo);

    /// <summary>How the message ended; null while it has not.</summary>
    Task<MessageOutcome?> FindOutcomeAsync(string messageId, CancellationToken cancellation);

    /// <summary>Removes messages that ended before the given time; gives how many, at most a bounded number a call.</summary>
    Task<int> PurgeAsync(DateTimeOffset endedBefore);

    Task<QueueDepth> DepthAsync(CancellationToken cancellation);

    Task<bool> ReplayAsync(string messageId, DateTimeOffset now);

    Task<bool> DiscardAsync(string messageId, string reason, DateTimeOffset now);
}
