using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api;

/// <summary>The API as a process that is asked to stop while a turn runs that does not end.</summary>
public sealed class ApiStopTests : IDisposable
{
    /// <summary>Making these records takes many seconds and cannot be called off.</summary>
    private static readonly object LongTurn = new { tickets = 1000, customers = 500_000, products = 20_000, orders = 5_000_000 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_in_a_long_turn_ends_cleanly_and_the_turn_is_handed_back()
    {
        string batch;
        var port = HostProcess.FreePort();
        await using (var api = Start(port))
        {
            using var client = await ClientAsync(api, port);
            batch = await BeginAsync(client, LongTurn);

            // Messages are claimed in their order: when a later batch is made, the long turn runs.
            await StatusAsync(client, await BeginAsync(client, new { tickets = 5 }), "completed");
            api.Terminate();
            Assert.Equal(0, await api.ExitAsync());
            Assert.Contains("calls off 1 turns", api.Output, StringComparison.Ordinal);
            Assert.Contains("hands back message", api.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", api.Output + api.Error, StringComparison.Ordinal);
        }

        await using var again = Start(port);
        using var other = await ClientAsync(again, port);
        await StatusAsync(other, batch, "queued");
        var health = await other.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        again.Terminate();
        Assert.Equal(0, await again.ExitAsync());
    }

    private HostProcess Start(int port) => HostProcess.Start("TicketWorld.Api", _folder.Path, ["--port", $"{port}", "--Grains:Concurrency", "2", "--Grains:StopTimeLimit", "00:00:00.2"]);

    private static async Task<HttpClient> ClientAsync(HostProcess api, int port)
    {
        await api.LineAsync(line => line.Contains("runs grains", StringComparison.Ordinal));
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = HostProcess.Patience };
        await Grains.Runtime.Poll.UntilAsync(async () =>
        {
            try
            {
                return (await client.GetAsync("/alive")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // Grains run a moment before the port is open.
                return false;
            }
        });
        return client;
    }

    private static async Task<string> BeginAsync(HttpClient client, object options)
    {
        using var accepted = await client.PostAsJsonAsync("/api/v1/batches", options);
        return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("batch_id").GetString()!;
    }

    private static Task StatusAsync(HttpClient client, string batch, string status) => Grains.Runtime.Poll.UntilAsync(
        async () => (await client.GetFromJsonAsync<JsonElement>($"/api/v1/batches/{batch}")).GetProperty("status").GetString() == status);
}
