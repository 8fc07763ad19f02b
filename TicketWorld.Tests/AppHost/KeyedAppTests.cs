using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.Api.Access;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

/// <summary>The whole application with an API that asks for keys.</summary>
public sealed class KeyedAppTests
{
    [Fact]
    public async Task The_dashboard_reads_from_an_api_that_asks_for_keys_and_gives_its_own_key_to_nobody()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        await Keys.MakeAdminAsync(folder.File(".ticketworld"));
        await Poll.UntilAsync(async () => (await app.Client.GetAsync(app.Api("/api/v1/batches"))).StatusCode == HttpStatusCode.Unauthorized);
        foreach (var list in new[] { "/api/silos", "/api/batches", "/api/parked" })
        {
            var view = await app.Client.GetFromJsonAsync<JsonElement>(app.Dashboard(list));
            Assert.True(!view.TryGetProperty("unavailable", out var why) || why.ValueKind == JsonValueKind.Null, view.GetRawText());
        }
        Assert.Equal(1, (await app.Client.GetFromJsonAsync<JsonElement>(app.Dashboard("/api/silos"))).GetProperty("total").GetInt32());
        foreach (var path in new[] { "/", "/api/resources", "/api/logs?tail=1000" })
            Assert.DoesNotContain("tw_apphost_", await app.Client.GetStringAsync(app.Dashboard(path)), StringComparison.Ordinal);
        Assert.DoesNotContain("tw_apphost_", app.Process.Output + app.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_writes_the_log_file_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File(".env"), "LOG_FILE=logs/app.log\n");
        await using var app = await RunningApp.StartAsync(folder);
        (await app.Client.GetAsync(app.Api("/api/v1/tickets"))).EnsureSuccessStatusCode();
        await Poll.UntilAsync(async () => (await ReadAsync(folder.File("logs/app.log"))).Contains("GET /api/v1/tickets 200", StringComparison.Ordinal));
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
