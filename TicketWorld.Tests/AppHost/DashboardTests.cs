using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.AppHost.Dashboard;
using TicketWorld.AppHost.Logs;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

/// <summary>The dashboard over two silos, of which the second waits for the first.</summary>
public sealed class DashboardTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private WebApplication _host = null!;

    public async Task InitializeAsync()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var first = builder.AddProject("first", "TicketWorld.Silo").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithReplicas(2).WithEnvironment("DATA_FOLDER", n => _folder.File($"first-{n}"));
        builder.AddProject("second", "TicketWorld.Silo").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithReference(first).WaitFor(first).WithEnvironment("DATA_FOLDER", _folder.File("second"));
        _host = builder.Build().BuildHost(["--urls=http://127.0.0.1:0", "--LOG_LEVEL=info"]);
        await _host.StartAsync();
        _client.BaseAddress = new(_host.Urls.Single());
        using var limit = new CancellationTokenSource(HostProcess.Patience);
        await _host.Services.GetRequiredService<ResourceBoard>().WaitUntilHealthyAsync(["second"], limit.Token);
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Replicas_run_and_who_waits_starts_after_all_of_them_are_healthy()
    {
        var resources = await _client.GetFromJsonAsync<JsonElement>("/api/resources");
        Assert.Equal(["first-1", "first-2", "second"], resources.EnumerateArray().Select(resource => resource.GetProperty("name").GetString()));
        Assert.All(resources.EnumerateArray(), resource => Assert.Equal("healthy", resource.GetProperty("health").GetString()));

        var lines = (await _client.GetFromJsonAsync<JsonElement>("/api/logs?tail=1000")).EnumerateArray().Select(line => line.GetProperty("text").GetString()!).ToList();
        var started = lines.FindIndex(line => line.StartsWith("second started", StringComparison.Ordinal));
        Assert.True(lines.FindIndex(line => line.StartsWith("first-1 is healthy", StringComparison.Ordinal)) < started);
        Assert.True(lines.FindIndex(line => line.StartsWith("first-2 is healthy", StringComparison.Ordinal)) < started);
        Assert.Contains(lines, line => line.Contains("runs grains", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_that_is_killed_comes_back_and_the_others_stay()
    {
        var before = await _client.GetFromJsonAsync<JsonElement>("/api/resources");
        var board = _host.Services.GetRequiredService<ResourceBoard>();
        System.Diagnostics.Process.GetProcessById(before[0].GetProperty("pid").GetInt32()).Kill();
        using var limit = new CancellationTokenSource(HostProcess.Patience);
        await foreach (var line in _host.Services.GetRequiredService<LogStore>().FollowAsync("first-1", 0, limit.Token))
        {
            if (board.Find("first-1") is { Restarts: 1, Health: ResourceHealth.Healthy } && line.Text.Contains("is healthy", StringComparison.Ordinal))
                break;
        }
        var after = await _client.GetFromJsonAsync<JsonElement>("/api/resources");
        Assert.Equal(1, after[0].GetProperty("restarts").GetInt32());
        Assert.Equal(before[1].GetProperty("pid").GetInt32(), after[1].GetProperty("pid").GetInt32());
        Assert.Equal(before[2].GetProperty("pid").GetInt32(), after[2].GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task The_page_stands_without_its_script_and_allows_no_other()
    {
        using var response = await _client.GetAsync("/");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("<th scope=\"row\">first-1</th>", html, StringComparison.Ordinal);
        Assert.Contains("This application has no API.", html, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var asset in new[] { "/assets/dashboard.css", "/assets/dashboard.js" })
        {
            Assert.Contains(asset, html, StringComparison.Ordinal);
            var text = await _client.GetStringAsync(asset);
            Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Live_events_bring_resources_batches_and_parked_messages_and_the_log_stream_resumes_where_it_was_left()
    {
        Assert.Equal(["resources", "silos", "batches", "parked"], await FirstEventsAsync("/api/events", 4, null));
        var first = await FirstIdsAsync(null);
        Assert.Equal(["3", "4"], await FirstIdsAsync("2"));
        Assert.Equal(["1", "2"], first);
    }

    [Theory]
    [InlineData("/api/resources/nobody", 404)]
    [InlineData("/api/logs?resource=nobody", 404)]
    [InlineData("/api/logs/stream?resource=nobody", 404)]
    [InlineData("/api/logs?tail=0", 400)]
    [InlineData("/api/logs?tail=many", 400)]
    [InlineData("/nowhere", 404)]
    public async Task Bad_input_is_a_problem_with_a_remedy(string path, int status)
    {
        using var response = await _client.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("code").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("remedy").GetString()));
    }

    [Theory]
    [InlineData("second", 409, "not_scalable")]
    [InlineData("first", 404, "not_found")]
    [InlineData("nobody", 404, "not_found")]
    public async Task Only_what_was_described_as_scalable_is_scaled(string name, int status, string code)
    {
        using var response = await _client.PostAsJsonAsync($"/api/resources/{name}/scale", new { replicas = 2 });
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("remedy").GetString()));
        Assert.Equal(3, (await _client.GetFromJsonAsync<JsonElement>("/api/resources")).GetArrayLength());
    }

    [Fact]
    public void Every_endpoint_states_who_may_call_it() => Assert.All(
        _host.Services.GetRequiredService<EndpointDataSource>().Endpoints,
        endpoint => Assert.True(endpoint.Metadata.GetMetadata<CallersMetadata>() is not null, endpoint.DisplayName));

    [Fact]
    public void Text_from_resources_is_shown_as_text()
    {
        var line = new LogLine(1, DateTimeOffset.UnixEpoch, "api", LogOrigin.Output, "info", "<script>alert('x')</script>\"&");
        var html = DashboardPage.Render(new([], [], new([], 0, "<b>down</b>"), new([], 0, "<b>down</b>"), new([], 0, "<b>down</b>"), [line], DateTimeOffset.UnixEpoch));
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>down", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    private async Task<List<string>> FirstIdsAsync(string? after) => await FirstEventsAsync("/api/logs/stream", 2, after, "id: ");

    private async Task<List<string>> FirstEventsAsync(string path, int count, string? lastId, string prefix = "event: ")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var found = new List<string>();
        while (found.Count < count && await reader.ReadLineAsync().WaitAsync(HostProcess.Patience) is { } line)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
                found.Add(line[prefix.Length..]);
        }
        return found;
    }
}
