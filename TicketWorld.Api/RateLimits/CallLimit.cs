using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.RateLimits;

/// <summary>How often one caller may call; null for as often as he likes.</summary>
/// <param name="Reads">GET and HEAD.</param>
/// <param name="Writes">Everything else.</param>
internal sealed record CallLimit(RateLimit? Reads, RateLimit? Writes)
{
    /// <summary>As often as he likes.</summary>
    public static CallLimit None { get; } = new(null, null);

    /// <summary>One limit for reads and writes together; 0 for none.</summary>
    public static CallLimit OfAll(int callsPerMinute) => Minute("calls", callsPerMinute) is { } all ? new(all, all) : None;

    /// <summary>So many within a minute; null for 0, which is any number.</summary>
    public static RateLimit? Minute(string name, int calls) => calls == 0 ? null : new(name, calls, TimeSpan.FromMinutes(1));

    public RateLimit? For(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? Reads : Writes;
}
