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

/// <summary>
/// Answers of models in a folder, a file each, named by the SHA-256 of model, prompt and parameters; the endpoint and the key are no part of it.
/// A file is written under another name, flushed, and renamed, so that a kill leaves a whole entry or none; what cannot be read counts as
/// none and is replaced.
/// </summary>
internal sealed class AnswerCache(string folder)
{
    public static string KeyOf(string model, IEnumerable<ChatMessage> messages, ChatOptions? options) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = 1,
        model,
        messages = messages.Select(m => new { role = m.Role.Value, text = m.Text }),
        temperature = options?.Temperature,
        max_tokens = options?.MaxOutputTokens,
        json = options?.ResponseFormat is ChatResponseFormatJson,
    })));

    public CachedAnswer? Find(string key)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<CachedAnswer>(File.ReadAllBytes(PathOf(key)));
            return answer?.Key == key && answer.Text is { Length: > 0 } ? answer : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Keep(CachedAnswer answer)
    {
        var path = PathOf(answer.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, answer);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key[..2], key + ".json");
}
