namespace TicketWorld.Support.Models;

/// <summary>What the calls of a run took.</summary>
/// <param name="Calls">Attempts that reached for the endpoint.</param>
/// <param name="Cached">Answers that the cache gave.</param>
/// <param name="Failures">Attempts without an answer.</param>
/// <param name="Cost">US dollars; null when the model has no price.</param>
/// <param name="Stopped">Why no more calls are made; null while they are.</param>
public sealed record ModelUsage(int Calls, int Cached, int Failures, long InputTokens, long OutputTokens, decimal? Cost, string? Stopped);

/// <summary>Adds up what the decorators of one client see. Safe for many threads.</summary>
public sealed class ModelLedger
{
    private readonly Lock _gate = new();
    private ModelUsage _usage = new(0, 0, 0, 0, 0, null, null);

    public ModelUsage Usage
    {
        get
        {
            lock (_gate)
                return _usage;
        }
    }

    internal void Change(Func<ModelUsage, ModelUsage> change)
    {
        lock (_gate)
            _usage = change(_usage);
    }

    /// <summary>Notes why no more calls are made; the first reason stays.</summary>
    internal void Stop(string reason) => Change(u => u with { Stopped = u.Stopped ?? reason });
}
