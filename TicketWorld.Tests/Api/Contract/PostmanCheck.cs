using System.Text.Json;
using System.Text.RegularExpressions;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>
/// One expectation of an answer. <c>at</c> is where: <c>a.b</c> reaches into objects, <c>a[name]</c> is the item of the list <c>a</c> whose <c>name</c> is that.
/// Operators: <c>is</c> equal; <c>has</c> each text stands in an item of the list, in any case; <c>contains</c> the text; <c>least</c>, <c>most</c> of a number or
/// of the length of a list; <c>matches</c> a pattern; <c>kind</c> of JSON value.
/// </summary>
internal sealed record PostmanCheck(string At, string Operator, JsonElement Wanted)
{
    private const string Status = "status";
    private static readonly string[] Operators = ["is", "has", "contains", "least", "most", "matches", "kind"];

    public string Name => Operator == Status ? $"status {Wanted}" : $"{At} {Operator} {Wanted.GetRawText()}";

    public static IEnumerable<PostmanCheck> From(JsonElement check)
    {
        if (check.TryGetProperty(Status, out var status))
            return [new("", Status, status)];
        var at = check.GetProperty("at").GetString()!;
        PostmanCheck[] found = [.. check.EnumerateObject().Where(property => property.Name != "at").Select(property => new PostmanCheck(at, property.Name, property.Value))];
        return found.Length > 0 && found.All(one => Operators.Contains(one.Operator, StringComparer.Ordinal))
            ? found
            : throw new InvalidDataException($"The check {check.GetRawText()} has no operator, or an unknown one. Use {string.Join(", ", Operators)}.");
    }

    /// <summary>Whether an answer is as expected.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="body">Of the answer; null when it is no JSON.</param>
    public bool Holds(int status, JsonElement? body)
    {
        if (Operator == Status)
            return status == Wanted.GetInt32();
        return Find(body) is { } value && Operator switch
        {
            "is" => JsonElement.DeepEquals(value, Wanted),
            "has" => value.ValueKind == JsonValueKind.Array && Wanted.EnumerateArray().All(text =>
                value.EnumerateArray().Any(item => item.ToString().Contains(text.GetString()!, StringComparison.OrdinalIgnoreCase))),
            "contains" => value.ValueKind == JsonValueKind.String && value.GetString()!.Contains(Wanted.GetString()!, StringComparison.Ordinal),
            "least" => Size(value) >= Wanted.GetDouble(),
            "most" => Size(value) <= Wanted.GetDouble(),
            "matches" => value.ValueKind == JsonValueKind.String && Regex.IsMatch(value.GetString()!, Wanted.GetString()!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
            "kind" => KindOf(value) == Wanted.GetString(),
            _ => false,
        };
    }

    private static double Size(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.GetArrayLength(),
        _ => double.NaN,
    };

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private JsonElement? Find(JsonElement? body)
    {
        var value = body;
        foreach (var step in At.Split('.'))
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? step : step[..bracket];
            if (value is not { ValueKind: JsonValueKind.Object } within || !within.TryGetProperty(name, out var inner))
                return null;
            value = inner;
            if (bracket < 0)
                continue;
            if (inner.ValueKind != JsonValueKind.Array)
                return null;
            var wanted = step[(bracket + 1)..^1];
            value = inner.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(item => item!.Value.TryGetProperty("name", out var found) && found.GetString() == wanted);
        }

        return value;
    }
}
