using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>What a request of the collection was answered.</summary>
/// <param name="Item">The request.</param>
/// <param name="Status">Of the answer; 0 when there was none.</param>
/// <param name="Time">From sending to the end of the answer.</param>
/// <param name="Failed">The checks that do not hold.</param>
internal sealed record PostmanResult(PostmanItem Item, int Status, TimeSpan Time, IReadOnlyList<PostmanCheck> Failed)
{
    public bool Passed => Failed.Count == 0;
}

/// <summary>Sends the requests of the collection to a running API and checks the answers.</summary>
internal static class PostmanRun
{
    public static async Task<IReadOnlyList<PostmanResult>> RunAsync(PostmanCollection collection, HttpClient client)
    {
        var results = new List<PostmanResult>();
        foreach (var item in collection.Items)
            results.Add(await SendAsync(item, client));
        return results;
    }

    private static async Task<PostmanResult> SendAsync(PostmanItem item, HttpClient client)
    {
        using var request = new HttpRequestMessage(new HttpMethod(item.Method), item.Path);
        if (item.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var response = await client.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            var time = Stopwatch.GetElapsedTime(begun);
            var status = (int)response.StatusCode;
            JsonElement? answer = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
                ? JsonSerializer.Deserialize<JsonElement>(bytes)
                : null;
            return new(item, status, time, [.. item.Checks.Where(check => !check.Holds(status, answer))]);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            return new(item, 0, Stopwatch.GetElapsedTime(begun), item.Checks);
        }
    }
}
