namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Named places in the protocol of <see cref="IGrainStore"/>, at which a test host ends its process to show that nothing is lost or
/// doubled. Nobody listens otherwise, and a place then costs the look at one field. Each says what a wrong protocol would do there.
/// </summary>
internal static class CrashPoints
{
    /// <summary>A call has reached the store, and nothing is written. Lost, if its caller were answered before the write.</summary>
    public const string EnqueueBegun = "enqueue.begun";

    /// <summary>A call is durable, and its caller is not told. Doubled by the caller who sends it again, if messages had no identity.</summary>
    public const string EnqueueWritten = "enqueue.written";

    /// <summary>Delayed messages have joined their lines, uncommitted. Lost, if leaving one place and joining the other were two steps.</summary>
    public const string JoinWritten = "join.written";

    /// <summary>Delayed messages have joined their lines, and nobody is told. Lost, if a hint were needed to find them.</summary>
    public const string JoinCommitted = "join.committed";

    /// <summary>Turns are claimed, and none has begun. Lost, if a lease had no end.</summary>
    public const string ClaimTaken = "claim.taken";

    /// <summary>A turn begins. Lost, if claiming a message were taking it out of its line.</summary>
    public const string TurnBegun = "turn.begun";

    /// <summary>The grain's code has run; its effects are in memory alone. Doubled, if any of them had left before the commit.</summary>
    public const string TurnRan = "turn.ran";

    /// <summary>The writing of a chunk has begun. Its next attempt would meet its own traces, if they were in the way.</summary>
    public const string ChunkBegun = "chunk.begun";

    /// <summary>A piece of a chunk is copied, uncommitted. Half a chunk would be read, if pieces counted by themselves.</summary>
    public const string ChunkPiece = "chunk.piece";

    /// <summary>All pieces of a chunk are copied, uncommitted.</summary>
    public const string ChunkCopied = "chunk.copied";

    /// <summary>A chunk is committed, and no turn has named it. It would count twice, if the next epoch's pieces came beside it.</summary>
    public const string ChunkCommitted = "chunk.committed";

    /// <summary>Turns are about to commit.</summary>
    public const string CommitBegun = "commit.begun";

    /// <summary>The locks of a commit are held. Everybody who needs these grains would wait for ever, if locks outlived their holder.</summary>
    public const string CommitLocked = "commit.locked";

    /// <summary>The read model's rows are written, uncommitted. Doubled, if they were not of the turn's transaction.</summary>
    public const string CommitStaged = "commit.staged";

    /// <summary>All effects are written, uncommitted. Doubled or lost, if state, sends, rows and end were not one transaction.</summary>
    public const string CommitWritten = "commit.written";

    /// <summary>Turns are committed, and nobody is told. Doubled, if the end of the message were written after; lost, if hints were the truth.</summary>
    public const string CommitCommitted = "commit.committed";

    /// <summary>Callers and other silos are told of a commit; the activation does not know yet.</summary>
    public const string CommitAnnounced = "commit.announced";

    /// <summary>A failed attempt is written, uncommitted.</summary>
    public const string RetryWritten = "retry.written";

    /// <summary>A failed attempt is back in its line, and nobody is told.</summary>
    public const string RetryCommitted = "retry.committed";

    /// <summary>A message is parked, uncommitted. Lost, if leaving the line and being parked were two steps.</summary>
    public const string ParkWritten = "park.written";

    /// <summary>A message is parked, and nobody is told.</summary>
    public const string ParkCommitted = "park.committed";

    /// <summary>Leases are about to be renewed.</summary>
    public const string RenewBegun = "renew.begun";

    /// <summary>Leases are renewed, and the silo does not know which it has lost.</summary>
    public const string RenewWritten = "renew.written";

    /// <summary>Idle grains are forgotten, and their leases still held.</summary>
    public const string ReleaseBegun = "release.begun";

    /// <summary>The leases of idle grains are given up.</summary>
    public const string ReleaseWritten = "release.written";

    /// <summary>A silo that stops has ended its turns and holds its leases still. Lost for as long as they are held, if they had no end.</summary>
    public const string StopBegun = "stop.begun";

    /// <summary>A silo that stops has given up its leases.</summary>
    public const string StopReleased = "stop.released";

    /// <summary>The schema is at its newest form, and the store is not open.</summary>
    public const string OpenMigrated = "open.migrated";

    /// <summary>What lost turns have written is swept. A chunk that counts would be gone, if its writing were all that is looked at.</summary>
    public const string OpenSwept = "open.swept";

    /// <summary>Told of each place as it is passed; set by test hosts alone.</summary>
    public static Action<string>? Passed { get; set; }

    public static void Pass(string point) => Passed?.Invoke(point);
}
