using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using Xunit.Abstractions;

namespace TicketWorld.Tests.AppHost;

public sealed class ServiceMemoryTests(ITestOutputHelper output)
{
    private const long Gigabyte = 1_000_000_000;

    [Fact]
    public async Task The_whole_service_with_a_thousand_tickets_has_never_held_a_gigabyte()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        var response = await app.Client.PostAsJsonAsync(app.Api("/api/v1/batches"), new { tickets = 1000, customers = 500, orders = 1000, products = 200 });
        var batch = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("batch_id").GetString();
        Assert.Contains("event: completed", await app.Client.GetStringAsync(app.Api($"/api/v1/batches/{batch}/events")), StringComparison.Ordinal);
        var page = await app.Client.GetFromJsonAsync<JsonElement>(app.Api($"/api/v1/batches/{batch}/tickets?page_size=100"));
        foreach (var ticket in page.GetProperty("items").EnumerateArray())
            (await app.Client.PostAsync(app.Api($"/api/v1/batches/{batch}/tickets/{ticket.GetProperty("ticket_id").GetString()}/open"), null)).EnsureSuccessStatusCode();
        _ = await app.Client.GetStringAsync(app.Api($"/api/v1/batches/{batch}/files/support_tickets.jsonl"));
        Assert.Equal(100, (await app.Client.GetFromJsonAsync<JsonElement>(app.Api("/api/v1/tickets"))).GetProperty("total").GetInt32());

        var host = Peak(app.Process.Id);
        var api = Peak((await app.ResourceAsync()).GetProperty("pid").GetInt32());
        output.WriteLine($"peak resident memory: AppHost with dashboard {host / 1e6:N0} MB, API with silo {api / 1e6:N0} MB");
        Assert.InRange(host, 1_000_000, Gigabyte);
        Assert.InRange(api, 1_000_000, Gigabyte);
        Assert.True(host + api < Gigabyte, $"{host + api} bytes were held.");
    }

    private static long Peak(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.PeakWorkingSet64;
    }
}
