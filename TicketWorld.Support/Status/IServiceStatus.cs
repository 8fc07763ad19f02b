using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Status;

/// <summary>How a service does.</summary>
public enum ServiceState
{
    Operational,
    Degraded,
    Outage,
}

/// <summary>A service that does not work as it should.</summary>
/// <param name="Id">The service.</param>
/// <param name="Names">What it is called, by language.</param>
/// <param name="State">How it does; never operational.</param>
/// <param name="Since">Since when.</param>
public sealed record ServiceDisturbance(string Id, IReadOnlyDictionary<string, string> Names, ServiceState State, DateTimeOffset Since)
{
    /// <summary>The name in a language, else in English.</summary>
    public string NameIn(string language) => Names.GetValueOrDefault(language) ?? Names["en"];
}

/// <summary>Knows which services work.</summary>
public interface IServiceStatus
{
    /// <summary>The disturbances of services that messages about a topic may come from, the gravest first.</summary>
    ValueTask<IReadOnlyList<ServiceDisturbance>> CheckAsync(Topic topic, CancellationToken cancellationToken);
}
