using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Chaos;

/// <summary>
/// Draws the fates of one host's lives from a seed. A crash point comes again only when all that the host is given have had their turn;
/// one that was not reached in time is given again.
/// </summary>
internal sealed class Fates(Random random, Pace pace, IReadOnlyList<string> points, bool isSilo)
{
    /// <summary>Points that a host passes only when it stops.</summary>
    private static readonly string[] OfStops = [CrashPoints.StopBegun, CrashPoints.StopReleased];

    /// <summary>Points that are passed many times a second, so that the first passes say little.</summary>
    private static readonly string[] Frequent =
    [
        CrashPoints.EnqueueBegun, CrashPoints.EnqueueWritten, CrashPoints.ClaimTaken, CrashPoints.TurnBegun, CrashPoints.TurnRan,
        CrashPoints.CommitBegun, CrashPoints.CommitLocked, CrashPoints.CommitStaged, CrashPoints.CommitWritten, CrashPoints.CommitCommitted,
        CrashPoints.CommitAnnounced,
    ];

    private readonly Queue<string> _due = new();

    public Fate Next()
    {
        // Two lives of three end at a crash point.
        if (random.Next(3) > 0)
            return AtPoint();
        if (!isSilo)
            return new Fate.Kill(pace.Draw(random, 2, 10));
        return random.Next(5) switch
        {
            0 or 1 => new Fate.Kill(pace.Draw(random, 0.2, 5)),
            2 => new Fate.KillAtStart(pace.Draw(random, 0, 1.5)),
            3 => new Fate.Freeze(pace.Draw(random, 1, 3), pace.Lease * (1.2 + (1.5 * random.NextDouble()))),
            _ => new Fate.Stop(pace.Draw(random, 1, 4), null),
        };
    }

    /// <summary>Gives a point back that was not reached.</summary>
    public void Again(string point) => _due.Enqueue(point);

    private Fate AtPoint()
    {
        if (_due.Count == 0)
        {
            foreach (var point in points.OrderBy(_ => random.Next()).ToList())
                _due.Enqueue(point);
        }

        var next = _due.Dequeue();
        if (OfStops.Contains(next))
            return new Fate.Stop(pace.Draw(random, 1, 3), next);
        return new Fate.Crash(next, Frequent.Contains(next) ? random.Next(1, 20) : random.Next(1, 3));
    }
}
