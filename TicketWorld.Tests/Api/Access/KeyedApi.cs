using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketWorld.Grains.Access;

namespace TicketWorld.Tests.Api.Access;

/// <summary>An API with keys of every kind.</summary>
public sealed class KeyedApi : IAsyncLifetime
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private ApiReplica _api = null!;

    public const string Own = "b-own.CUST-0001";

    internal ApiReplica Api => _api;

    internal CapturedLogs Logs { get; } = new();

    public IEnumerable<RouteEndpoint> Endpoints => _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async Task InitializeAsync()
    {
        _api = await ApiReplica.StartAsync(["LOG_LEVEL=debug", "RateLimit:FailuresPerMinute=0"], services => services.AddSingleton<ILoggerProvider>(Logs));
        var keys = _api.Services.GetRequiredService<IApiKeys>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var role in new[] { "admin", "agent", "analyst", "customer" })
            await AddAsync(role, new() { Name = role, Role = role, Customer = role == "customer" ? Own : null, Rate = 0 }, now);
        await AddAsync("expired", new() { Name = "expired", Role = "admin", Expires = "2020-06-01", Rate = 0 }, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await keys.RevokeAsync(await AddAsync("revoked", new() { Name = "revoked", Role = "admin", Rate = 0 }, now), now);
        _keys["malformed"] = "tw_not a key";
        _keys["unknown"] = ApiKeyText.New().Reveal();
        _keys["wrong"] = _keys["admin"][..^1] + (_keys["admin"][^1] == 'a' ? 'b' : 'a');
        _api.Services.GetRequiredService<TicketWorld.Api.Access.KeyDirectory>().Changed("");

        async Task<string> AddAsync(string name, ApiKeyRequest request, DateTimeOffset at)
        {
            var (key, text) = await keys.MakeAsync(request, at);
            _keys[name] = text.Reveal();
            return key.Id;
        }
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    /// <summary>The text of a key by its name: a role, expired, revoked, malformed, unknown or wrong.</summary>
    public string Key(string name) => _keys[name];

    /// <summary>Sends a request with the key of that name; none for null.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? key, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (_keys.TryGetValue(key, out var text) ? text : key));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };
        return _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
