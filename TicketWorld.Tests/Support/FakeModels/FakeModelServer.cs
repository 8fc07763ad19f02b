using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>A request as the server saw it.</summary>
/// <param name="Digest">SHA-256 of the body.</param>
/// <param name="Attempt">How often this body came before.</param>
/// <param name="Messages">Texts of the messages, the prompt first.</param>
internal sealed record SeenRequest(string Digest, int Attempt, string[] Messages, string? Authorization)
{
    public required string Model { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required JsonElement Body { get; init; }

    public bool IsMessage => Messages[0].Contains("\"body\"", StringComparison.Ordinal);

    /// <summary>Whether it is the first question about a ticket, neither a repair nor a second attempt at the gate.</summary>
    public bool IsFirst => Messages.Length == 2;

    public JsonElement Brief => JsonSerializer.Deserialize<JsonElement>(Messages[1].Split("<brief>")[1].Split("</brief>")[0]);
}

/// <summary>A server on loopback that speaks the OpenAI chat completions and the Anthropic messages protocol, well or, by <see cref="Misbehaviour"/>, badly.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private int _running;
    private int _mostRunning;

    private FakeModelServer(WebApplication app) => _app = app;

    /// <summary>Requests in the order in which they were answered.</summary>
    public ConcurrentQueue<SeenRequest> Answered { get; } = new();

    /// <summary>Address of the OpenAI protocol.</summary>
    public Uri BaseUrl => new(_app.Urls.Single() + "/v1");

    /// <summary>Address of the Anthropic protocol.</summary>
    public Uri Root => new(_app.Urls.Single());

    /// <summary>Requests that came, by digest.</summary>
    public IReadOnlyDictionary<string, int> Asked => _attempts;

    /// <summary>The most requests that were held at a time.</summary>
    public int MostRunning => _mostRunning;

    /// <summary>Answers a request wrongly and returns true, or leaves it alone. Run before the good answer.</summary>
    public Func<HttpContext, SeenRequest, Task<bool>> Misbehaviour { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Changes the text of a good answer.</summary>
    public Func<SeenRequest, string, string> Change { get; set; } = (_, text) => text;

    public static async Task<FakeModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeModelServer(app);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        app.MapPost("/v1/messages", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Writes a good answer in the protocol that was asked in.</summary>
    public static Task WriteAsync(HttpContext context, string text, string finish = "stop") => context.Response.WriteAsJsonAsync(FakeAnswers.Of(IsAnthropic(context), text, finish));

    public static bool IsAnthropic(HttpContext context) => context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>Answers every request with the text.</summary>
    public void Say(Func<SeenRequest, string> text) => Misbehaviour = async (context, seen) =>
    {
        await WriteAsync(context, text(seen));
        return true;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var attempt = _attempts.AddOrUpdate(digest, 1, (_, n) => n + 1) - 1;
        var request = JsonSerializer.Deserialize<JsonElement>(body);
        string[] system = request.TryGetProperty("system", out var first) ? [Text(first)] : [];
        string[] messages = [.. system, .. request.GetProperty("messages").EnumerateArray().Select(m => Text(m.GetProperty("content")))];
        var seen = new SeenRequest(digest, attempt, messages, context.Request.Headers.Authorization)
        {
            Model = request.GetProperty("model").GetString()!,
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = request,
        };
        var running = Interlocked.Increment(ref _running);
        Max(running);
        try
        {
            if (await Misbehaviour(context, seen))
                return;
            await WriteAsync(context, Change(seen, seen.IsMessage ? FakeTexts.Message(seen.Brief) : FakeTexts.Reasoning(seen.Brief)));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Answered.Enqueue(seen);
        }
    }

    private void Max(int running)
    {
        for (var most = _mostRunning; running > most; most = _mostRunning)
            Interlocked.CompareExchange(ref _mostRunning, running, most);
    }

    private static string Text(JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
