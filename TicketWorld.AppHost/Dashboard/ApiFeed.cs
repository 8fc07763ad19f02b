using System.Text.Json;
using System.Text.Json.Serialization;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Processes;

namespace TicketWorld.AppHost.Dashboard;

/// <summary>One batch as the API reports it; what the dashboard does not show is left out.</summary>
internal sealed record BatchRow
{
    public required string BatchId { get; init; }

    public required string Status { get; init; }

    public required long TicketsDone { get; init; }

    public required long TicketsTotal { get; init; }

    public double? TicketsPerSecond { get; init; }

    public DateTimeOffset? Eta { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore]
    public int Percent => TicketsTotal == 0 ? 0 : (int)(100 * TicketsDone / TicketsTotal);
}

/// <summary>One silo as the API reports it.</summary>
internal sealed record SiloRow
{
    public required string SiloId { get; init; }

    public required string Name { get; init; }

    public required int ProcessId { get; init; }

    public required string Status { get; init; }

    public required double TurnsPerSecond { get; init; }

    public required int TurnsRunning { get; init; }

    public required long TurnsDone { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>One message that failed at every attempt, as the API reports it.</summary>
internal sealed record ParkedRow
{
    public required string Id { get; init; }

    public required ParkedGrain Grain { get; init; }

    public required string Method { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }

    public required ParkedError Error { get; init; }
}

/// <summary>The grain of a parked message.</summary>
internal sealed record ParkedGrain(string Kind, string Key);

/// <summary>The last error of a parked message.</summary>
internal sealed record ParkedError(string Message);

/// <summary>The first page of a list of the API, or why it is not known.</summary>
internal sealed record ListView<T>(IReadOnlyList<T> Items, long Total, string? Unavailable)
{
    public bool Equals(ListView<T>? other) =>
        other is not null && Total == other.Total && Unavailable == other.Unavailable && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(Total, Unavailable, Items.Count);
}

/// <summary>The newest batches.</summary>
internal sealed class BatchFeed(IHttpClientFactory clients, ApplicationPlan plan, TimeProvider time)
    : ApiFeed<BatchRow>("/api/v1/batches?page_size=20", clients, plan, time);

/// <summary>The silos at work.</summary>
internal sealed class SiloFeed(IHttpClientFactory clients, ApplicationPlan plan, TimeProvider time)
    : ApiFeed<SiloRow>("/api/v1/admin/silos?page_size=100", clients, plan, time);

/// <summary>The messages that wait for somebody to replay or discard them.</summary>
internal sealed class ParkedFeed(IHttpClientFactory clients, ApplicationPlan plan, TimeProvider time)
    : ApiFeed<ParkedRow>("/api/v1/admin/parked?page_size=20", clients, plan, time);

/// <summary>What the dashboard shows of the API.</summary>
internal sealed record ApiFeeds(SiloFeed Silos, BatchFeed Batches, ParkedFeed Parked);

/// <summary>
/// Reads a list from the API. All open dashboards share one answer a second, and nothing is asked while nobody looks.
/// </summary>
internal abstract class ApiFeed<T>(string path, IHttpClientFactory clients, ApplicationPlan plan, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ProcessPlan? _api = plan.Processes.FirstOrDefault(process => process.Resource == "api");
    private ListView<T>? _view;
    private long _readAt;

    public async Task<ListView<T>> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_view is null || time.GetElapsedTime(_readAt) >= Freshness)
            {
                _view = await ReadAsync(cancellationToken);
                _readAt = time.GetTimestamp();
            }
            return _view;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ListView<T>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_api?.Address is not { } address)
            return Unknown("This application has no API.");
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var client = clients.CreateClient(ApiClient.Name);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            if (_api.Environment.TryGetValue(ResourceBuilderExtensions.InternalKeySetting, out var key))
                request.Headers.Authorization = new("Bearer", key);
            using var answer = await client.SendAsync(request, either.Token);
            if (!answer.IsSuccessStatusCode)
                return Unknown($"The API answered {(int)answer.StatusCode}.");
            var page = await answer.Content.ReadFromJsonAsync<Page>(Json, either.Token);
            return page is null ? Unknown("The API answered nothing.") : new(page.Items, page.Total, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Unknown("The API does not answer.");
        }
    }

    private static ListView<T> Unknown(string why) => new([], 0, why);

    private sealed record Page(IReadOnlyList<T> Items, long Total);
}

/// <summary>The HTTP client of the feeds.</summary>
internal static class ApiClient
{
    public const string Name = "api";
}
