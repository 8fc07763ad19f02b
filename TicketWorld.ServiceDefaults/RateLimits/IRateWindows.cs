namespace TicketWorld.ServiceDefaults.RateLimits;

/// <summary>At most so many calls within any span of the window's length.</summary>
/// <param name="Name">What is counted, in lower-case letters.</param>
/// <param name="Calls">At least 1.</param>
/// <param name="Window">Whole seconds, at least 1.</param>
public sealed record RateLimit(string Name, int Calls, TimeSpan Window)
{
    /// <summary>
    /// A window counts by slots, and a slot that lies partly within the window counts whole: so no span of the window's length ever holds more than
    /// the calls allowed, and a place is free again at the latest a slot's length after the window.
    /// </summary>
    internal const int Slots = 60;

    internal long SlotMilliseconds => (long)Window.TotalMilliseconds / Slots;
}

/// <summary>What was said to a call.</summary>
/// <param name="Allowed">Whether it may go on; only calls that may are counted.</param>
/// <param name="Remaining">How many more calls may go on now.</param>
/// <param name="FreeAfter">When the oldest calls that are counted stop counting.</param>
public readonly record struct RateDecision(bool Allowed, int Remaining, TimeSpan FreeAfter);

/// <summary>Counts the calls of each caller in sliding windows.</summary>
public interface IRateWindows
{
    /// <summary>Counts a call if the limit has room for it.</summary>
    /// <param name="limit">What may be done how often.</param>
    /// <param name="caller">Who calls; it becomes part of a key and must be no secret.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<RateDecision> TakeAsync(RateLimit limit, string caller, CancellationToken cancellationToken = default);
}
