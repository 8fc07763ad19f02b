using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TicketWorld.Api;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api;

/// <summary>The API over HTTP, with its silo and its data in a folder of its own, and one completed batch.</summary>
public sealed class RunningApi : IAsyncLifetime, IDisposable
{
    public const int Tickets = 60;

    private readonly TemporaryFolder _folder = new();
    private WebApplication _host = null!;

    public IServiceProvider Services => _host.Services;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    /// <summary>The id of a completed batch of <see cref="Tickets"/> tickets.</summary>
    public string Batch { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={_folder.Path}", "--LOG_LEVEL=warning"]);
        await _host.StartAsync();
        Client.BaseAddress = new(_host.Urls.Single());
        Client.Timeout = HostProcess.Patience;
        Batch = await CompleteAsync(new { tickets = Tickets, orders = 80, customers = 20, seed = 5 });
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        _folder.Dispose();
    }

    /// <summary>Starts a batch and follows its events to its end.</summary>
    public async Task<string> CompleteAsync(object options)
    {
        var (response, view) = await PostAsync("/api/v1/batches", JsonSerializer.Serialize(options));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = view.GetProperty("batch_id").GetString()!;
        var events = await EventsAsync(id);
        Assert.Equal("completed", events[^1].Name);
        return id;
    }

    public async Task<List<(string Name, JsonElement Data, string Id)>> EventsAsync(string batchId)
    {
        using var response = await Client.GetAsync($"/api/v1/batches/{batchId}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block =>
        {
            var fields = block.Split('\n').ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            return (fields["event"], JsonDocument.Parse(fields["data"]).RootElement, fields["id"]);
        })];
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(
        string path, string? body, string? key = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var response = await Client.SendAsync(request);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Checks that an answer is a problem that tells its reader what to do.</summary>
    public static void AssertProblem(HttpResponseMessage response, JsonElement problem, int status, string code, string? field = null)
    {
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:ticketworld:problem:" + code, problem.GetProperty("type").GetString());
        foreach (var text in new[] { "title", "detail", "remedy", "correlation_id" })
            Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty(text).GetString()), text);
        Assert.Equal(response.Headers.GetValues("X-Correlation-Id").Single(), problem.GetProperty("correlation_id").GetString());
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
        if (field is not null)
            Assert.Equal(field, problem.GetProperty("field").GetString());
    }
}
