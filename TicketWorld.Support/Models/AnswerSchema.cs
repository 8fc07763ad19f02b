using System.Text.Json;
using System.Text.Json.Nodes;

namespace TicketWorld.Support.Models;

/// <summary>
/// The form of a model's answer: shown to the model as JSON Schema, and held against what it answers. Problems name the place and
/// what is expected there, and never repeat the answer.
/// </summary>
public abstract record AnswerSchema
{
    private const int MostProblems = 8;

    public string? Description { get; init; }

    /// <summary>What is wrong with a value; empty for nothing.</summary>
    public IReadOnlyList<string> ProblemsOf(JsonElement value)
    {
        var problems = new List<string>();
        Check(value, "$", problems);
        return problems.Count <= MostProblems ? problems : problems[..MostProblems];
    }

    /// <summary>As JSON Schema.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Description is { } description)
            json["description"] = description;
        Write(json);
        return json;
    }

    internal abstract void Check(JsonElement value, string path, List<string> problems);

    private protected abstract void Write(JsonObject json);
}

/// <summary>An object. Each property that is named must be there; further ones are passed over.</summary>
public sealed record ObjectSchema(params (string Name, AnswerSchema Schema)[] Properties) : AnswerSchema
{
    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{path} must be an object");
            return;
        }

        foreach (var (name, schema) in Properties)
        {
            if (value.TryGetProperty(name, out var member))
                schema.Check(member, $"{path}.{name}", problems);
            else
                problems.Add($"{path}.{name} is missing");
        }
    }

    private protected override void Write(JsonObject json)
    {
        json["type"] = "object";
        json["properties"] = new JsonObject(Properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema.ToJson())));
        json["required"] = new JsonArray([.. Properties.Select(p => (JsonNode)p.Name)]);
        json["additionalProperties"] = false;
    }
}

/// <summary>A list of at most so many items.</summary>
public sealed record ListSchema(AnswerSchema Item, int Most, int Least = 0) : AnswerSchema
{
    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > Most || value.GetArrayLength() < Least)
        {
            problems.Add($"{path} must be a list of {Least} to {Most} items");
            return;
        }

        var i = 0;
        foreach (var item in value.EnumerateArray())
            Item.Check(item, $"{path}[{i++}]", problems);
    }

    private protected override void Write(JsonObject json)
    {
        json["type"] = "array";
        json["items"] = Item.ToJson();
        json["minItems"] = Least;
        json["maxItems"] = Most;
    }
}

/// <summary>A text of so many UTF-16 code units.</summary>
public sealed record TextSchema(int Most, int Least = 0) : AnswerSchema
{
    /// <summary>Whether null is allowed too.</summary>
    public bool OrNull { get; init; }

    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (OrNull && value.ValueKind == JsonValueKind.Null)
            return;
        if (TextOf(value) is not { } text || text.Length > Most || text.Trim().Length < Least)
            problems.Add($"{path} must be a text of {Least} to {Most} characters{(OrNull ? " or null" : "")}");
    }

    /// <summary>The text; null for a value that is none, as with half a surrogate pair.</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private protected override void Write(JsonObject json)
    {
        json["type"] = OrNull ? new JsonArray("string", "null") : "string";
        json["minLength"] = Least;
        json["maxLength"] = Most;
    }
}

/// <summary>One of a few words.</summary>
public sealed record ChoiceSchema(params string[] Words) : AnswerSchema
{
    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (TextSchema.TextOf(value) is not { } word || !Words.Contains(word, StringComparer.Ordinal))
            problems.Add($"{path} must be one of {string.Join(", ", Words)}");
    }

    private protected override void Write(JsonObject json)
    {
        json["type"] = "string";
        json["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]);
    }
}

/// <summary>A number within a range.</summary>
public sealed record NumberSchema(double Least, double Most) : AnswerSchema
{
    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !(number >= Least && number <= Most))
            problems.Add(FormattableString.Invariant($"{path} must be a number from {Least} to {Most}"));
    }

    private protected override void Write(JsonObject json)
    {
        json["type"] = "number";
        json["minimum"] = Least;
        json["maximum"] = Most;
    }
}

/// <summary>True or false.</summary>
public sealed record YesNoSchema : AnswerSchema
{
    internal override void Check(JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            problems.Add($"{path} must be true or false");
    }

    private protected override void Write(JsonObject json) => json["type"] = "boolean";
}
