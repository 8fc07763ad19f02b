using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.RateLimits;

/// <summary>How often one caller may call; null for as often as he likes.</summary>
/// <param name="Reads">GET and HEAD.</param>
/// <param name="Writes">Everything else.</param>
internal sealed record CallLimits(RateLimit? Reads, RateLimit? Writes)
{
    private const string Section = "RateLimit";
    private const string ReadsKey = "ReadsPerMinute";
    private const string WritesKey = "WritesPerMinute";
    private const int Most = 1_000_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The limits that the settings give; <c>RATE_LIMIT_PER_MINUTE</c> puts one limit on reads and writes together.</summary>
    /// <exception cref="StartFaultException">A setting is wrong.</exception>
    public static CallLimits Read(IConfiguration configuration)
    {
        if (configuration.GetSection(Section).GetChildren().FirstOrDefault(child => child.Key is not (ReadsKey or WritesKey)) is { } unknown)
            throw new StartFaultException($"{unknown.Path} is not a setting. Correct its name or remove it; the section knows {ReadsKey} and {WritesKey}.");
        var settings = new Settings(configuration);
        var all = Limit("calls", settings.Int("RATE_LIMIT_PER_MINUTE", 0, 0, Most));
        var reads = Limit("reads", settings.Int($"{Section}:{ReadsKey}", 6000, 0, Most));
        var writes = Limit("writes", settings.Int($"{Section}:{WritesKey}", 600, 0, Most));
        settings.ThrowIfFaulty();
        return all is null ? new(reads, writes) : new(all, all);
    }

    private static RateLimit? Limit(string name, int calls) => calls == 0 ? null : new(name, calls, Window);
}
