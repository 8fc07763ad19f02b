using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Api;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api;

/// <summary>An API with settings of a test's own, and its data in a folder of its own unless they name a database.</summary>
internal sealed class ApiReplica : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _host;

    private ApiReplica(string[] settings, Action<IServiceCollection>? configure) =>
        _host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={_folder.Path}", "--LOG_LEVEL=warning", .. settings.Select(setting => "--" + setting)], configure);

    public HttpClient Client { get; } = new() { Timeout = HostProcess.Patience };

    public IServiceProvider Services => _host.Services;

    /// <summary>Its data folder.</summary>
    public string Folder => _folder.Path;

    /// <param name="settings">NAME=value.</param>
    /// <param name="configure">Adds services.</param>
    /// <param name="prepare">Done with the data folder before the API starts.</param>
    public static async Task<ApiReplica> StartAsync(string[] settings, Action<IServiceCollection>? configure = null, Func<string, Task>? prepare = null)
    {
        var replica = new ApiReplica(settings, configure);
        try
        {
            await (prepare?.Invoke(replica.Folder) ?? Task.CompletedTask);
            await replica._host.StartAsync();
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
        replica.Client.BaseAddress = new UriBuilder(replica._host.Urls.Single()) { Host = "127.0.0.1" }.Uri;
        return replica;
    }

    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The health's status and what it says of Redis.</summary>
    public async Task<(string Status, string Redis)> HealthAsync()
    {
        using var response = await Client.GetAsync("/health");
        Assert.Equal(200, (int)response.StatusCode);
        var health = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (health.GetProperty("status").GetString()!, health.GetProperty("checks").GetProperty("redis").GetString()!);
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        var response = await Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
