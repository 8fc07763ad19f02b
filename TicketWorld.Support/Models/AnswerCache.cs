using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>An answer as the cache keeps it.</summary>
internal sealed record CachedAnswer(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("finish")] string Finish,
    [property: JsonPropertyName("input_tokens")] long? InputTokens,
    [property: JsonPropertyName("output_tokens")] long? OutputTokens);

/// <summary>Answers that were given before.</summary>
internal abstract class AnswerCache
{
    /// <summary>SHA-256 of model, prompt and parameters; the endpoint and the key are no part of it.</summary>
    public static string KeyOf(string model, IEnumerable<ChatMessage> messages, ChatOptions? options) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = 1,
        model,
        messages = messages.Select(m => new { role = m.Role.Value, text = m.Text }),
        temperature = options?.Temperature,
        max_tokens = options?.MaxOutputTokens,
        json = options?.ResponseFormat is ChatResponseFormatJson,
    })));

    public abstract ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken);

    public abstract ValueTask KeepAsync(CachedAnswer answer, CancellationToken cancellationToken);

    /// <summary>The answer, or null when the bytes are not one to this key.</summary>
    protected static CachedAnswer? Read(ReadOnlySpan<byte> json, string key)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<CachedAnswer>(json);
            return answer?.Key == key && answer.Text is { Length: > 0 } ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
