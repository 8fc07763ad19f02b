using System.Text.Json;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>
/// The collection of <c>eng/postman</c>. What a request expects stands once, as JSON in the pre-request script of its item: the collection's test script reads
/// it in Postman, and <see cref="PostmanCheck"/> reads it here.
/// </summary>
internal sealed record PostmanCollection(IReadOnlyList<PostmanItem> Items)
{
    private const string Opening = "pm.variables.set(\"checks\", JSON.stringify([";
    private const string Closing = "]));";

    public const string FilePath = "eng/postman/postman_collection.json";
    public const string EnvironmentPath = "eng/postman/postman_environment.json";

    public static PostmanCollection Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return new([.. document.RootElement.GetProperty("item").EnumerateArray().Select(item => Item(item.Clone()))]);
    }

    private static PostmanItem Item(JsonElement item)
    {
        var name = item.GetProperty("name").GetString()!;
        var request = item.GetProperty("request");
        string[] script = [.. item.GetProperty("event").EnumerateArray().Single(e => e.GetProperty("listen").GetString() == "prerequest")
            .GetProperty("script").GetProperty("exec").EnumerateArray().Select(line => line.GetString()!)];
        if (script.Length < 3 || script[0] != Opening || script[^1] != Closing)
            throw new InvalidDataException($"The pre-request script of '{name}' is not {Opening}, one check a line, {Closing}");
        using var checks = JsonDocument.Parse($"[{string.Join('\n', script[1..^1])}]");
        return new(
            name,
            request.GetProperty("method").GetString()!,
            "/" + string.Join('/', request.GetProperty("url").GetProperty("path").EnumerateArray().Select(part => part.GetString())),
            request.TryGetProperty("body", out var body) ? body.GetProperty("raw").GetString() : null,
            [.. checks.RootElement.Clone().EnumerateArray().SelectMany(PostmanCheck.From)]);
    }
}

/// <summary>A request of the collection and what its answer has to be.</summary>
internal sealed record PostmanItem(string Name, string Method, string Path, string? Body, IReadOnlyList<PostmanCheck> Checks);
