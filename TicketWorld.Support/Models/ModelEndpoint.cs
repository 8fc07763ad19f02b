namespace TicketWorld.Support.Models;

/// <summary>Where a provider is called, and how the call says who calls.</summary>
public sealed record ModelEndpoint(ModelProvider Provider, Uri BaseUrl)
{
    /// <summary>Null for endpoints that need none.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Sent with each call. They are no secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the key goes into <c>api-key</c> instead of <c>Authorization</c>.</summary>
    internal bool KeyHeader => Provider == ModelProvider.Azure;
}

/// <summary>A model at an endpoint.</summary>
/// <param name="Name">As settings name it; what results and price tables show.</param>
/// <param name="OwnName">As the endpoint knows it.</param>
public sealed record ModelTarget(string Name, string OwnName, ModelEndpoint Endpoint);
