using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace TicketWorld.Tests.Chaos;

/// <summary>A client that tries again until the API has answered: with the same Idempotency-Key where it writes.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Tally _tally;
    private readonly HttpClient _http;

    public ApiClient(int port, Tally tally)
    {
        _tally = tally;
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(40) };
    }

    /// <summary>The answer with a status below 300; other answers and none at all are tried again.</summary>
    public async Task<JsonElement> PostAsync(string path, object? body, string idempotencyKey, CancellationToken cancellation) =>
        await RetryAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", idempotencyKey);
                using var response = await _http.SendAsync(request, cancellation);
                return await ReadAsync(response, cancellation);
            },
            cancellation);

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => RetryAsync(
        async () =>
        {
            using var response = await _http.GetAsync(path, cancellation);
            return await ReadAsync(response, cancellation);
        },
        cancellation);

    /// <summary>The SHA-256 of what is read at the path.</summary>
    public async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var content = await _http.GetStreamAsync(path, cancellation);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
    }

    /// <summary>Follows a batch to its end; gives its last status.</summary>
    public async Task<string> EndOfBatchAsync(string id, Action<int>? progress, CancellationToken cancellation)
    {
        while (true)
        {
            var batch = await GetAsync($"/api/v1/batches/{id}", cancellation);
            progress?.Invoke(batch.GetProperty("tickets_done").GetInt32());
            if (batch.GetProperty("status").GetString() is { } status and not ("queued" or "running"))
                return batch.TryGetProperty("error", out var error) ? $"{status}: {error}" : status;
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>The name and the hash of each file of a completed batch: the hash of the bytes that the API gives.</summary>
    public async Task<SortedDictionary<string, string>> FilesAsync(string id, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var listed = await GetAsync($"/api/v1/batches/{id}/files", cancellation);
        foreach (var file in listed.GetProperty("items").EnumerateArray())
        {
            var name = file.GetProperty("name").GetString()!;
            files.Add(name, await HashAsync($"/api/v1/batches/{id}/files/{name}", cancellation));
            if (files[name] != file.GetProperty("sha256").GetString())
                _tally.Violation($"{name} of {id} has not the hash that the API lists");
        }

        return files;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> RetryAsync(Func<Task<JsonElement?>> attempt, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                if (await attempt() is { } answer)
                    return answer;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // The API is dead, or died while it answered.
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>The body; null when the request is to be tried again.</summary>
    private async Task<JsonElement?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (response.IsSuccessStatusCode)
            return JsonDocument.Parse(text).RootElement;
        if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage))
            _tally.Violation($"the API answered {(int)response.StatusCode} to {response.RequestMessage!.RequestUri!.AbsolutePath}: {text}");
        return null;
    }
}
