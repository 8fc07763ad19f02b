using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Api;
using TicketWorld.Grains.Access;
using TicketWorld.Tests.Api.Contract;

namespace TicketWorld.Tests.Fuzz;

/// <summary>An API without rate limits and with things to ask for, its data in a temporary folder. What it holds has the same ids in every run, because they come from idempotency keys.</summary>
internal sealed class FuzzTarget : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly string _folder;

    private FuzzTarget(WebApplication host, string folder, string key, ApiDocument document, IReadOnlyDictionary<string, string> known)
    {
        (_host, _folder, Key, Document, Known) = (host, folder, key, document, known);
        Address = new(host.Urls.Single());
    }

    public Uri Address { get; }

    /// <summary>The key of an admin, sent with every request.</summary>
    public string Key { get; }

    public ApiDocument Document { get; }

    /// <summary>Values of the parameters of paths that there is something for, by <c>/api/v1/KIND NAME</c>.</summary>
    public IReadOnlyDictionary<string, string> Known { get; }

    public static async Task<FuzzTarget> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-fuzz-").FullName;
        var host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={folder}", "--LOG_LEVEL=error", "--RateLimit:ReadsPerMinute=0", "--RateLimit:WritesPerMinute=0"]);
        await host.StartAsync();

        // With a key of its own the run stays in, whatever keys it makes.
        var key = (await host.Services.GetRequiredService<IApiKeys>().MakeAsync(new() { Name = "fuzz", Role = "admin", Rate = 0 }, TimeProvider.System.GetUtcNow())).Text.Reveal();
        using var client = new HttpClient { BaseAddress = new(host.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        var document = new ApiDocument(await client.GetFromJsonAsync<JsonElement>("/openapi.json"));

        var batch = (await PostAsync(client, "/api/v1/batches", """{"tickets": 20, "customers": 8, "orders": 20, "products": 35}""", "fuzz-batch")).GetProperty("batch_id").GetString()!;
        await client.GetStringAsync($"/api/v1/batches/{batch}/events");
        var ticket = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/batches/{batch}/tickets?page_size=1")).GetProperty("items")[0].GetProperty("ticket_id").GetString()!;
        await PostAsync(client, $"/api/v1/batches/{batch}/tickets/{ticket}/open", null, null);
        var sent = (await PostAsync(client, "/api/v1/workflow/process", """{"ticket": {"subject": "Bill", "body": "My bill is too high.", "customer_id": "fuzz"}}""", "fuzz-ticket"))
            .GetProperty("ticket_id").GetString()!;
        return new(host, folder, key, document, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["batches batch_id"] = batch,
            ["batches ticket_id"] = ticket,
            ["batches name"] = "support_tickets.json",
            ["tickets id"] = sent,
            ["customers id"] = "desk.fuzz",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
