using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

/// <summary>An AppHost whose API is healthy.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly int _api;
    private readonly int _dashboard;

    private RunningApp(HostProcess process, int api, int dashboard) => (Process, _api, _dashboard) = (process, api, dashboard);

    public HostProcess Process { get; }

    public HttpClient Client { get; } = new();

    public static async Task<RunningApp> StartAsync(TemporaryFolder folder, params string[] options)
    {
        var (api, dashboard) = (HostProcess.FreePort(), HostProcess.FreePort());
        var process = HostProcess.Start("TicketWorld.AppHost", folder.Path, ["--port", $"{api}", "--dashboard-port", $"{dashboard}", .. options]);
        try
        {
            // Each step has its own time: a first start makes the database.
            if (options.Contains("--servers"))
                await process.LineAsync(line => line.Contains("postgres is healthy", StringComparison.Ordinal));
            await process.LineAsync(line => line.Contains($"api is healthy at http://127.0.0.1:{api}", StringComparison.Ordinal));
            return new(process, api, dashboard);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Uri Api(string path) => new($"http://127.0.0.1:{_api}{path}");

    public Uri Dashboard(string path) => new($"http://127.0.0.1:{_dashboard}{path}");

    public Task<JsonElement> ResourceAsync(string name = "api") => Client.GetFromJsonAsync<JsonElement>(Dashboard($"/api/resources/{name}"));

    public async Task<HttpStatusCode> AskAsync(string action, string name = "api") =>
        (await Client.PostAsync(Dashboard($"/api/resources/{name}/{action}"), null)).StatusCode;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
