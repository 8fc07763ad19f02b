using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>A value as a schema sees it.</summary>
internal interface ISchemaValue
{
    /// <summary>Where it stands, for messages; may be empty.</summary>
    string Place { get; }

    /// <summary>The text of a value that a schema may take for one, or null.</summary>
    string? Text { get; }

    decimal? Number { get; }

    IReadOnlyList<ISchemaValue>? Items { get; }

    IReadOnlyList<KeyValuePair<string, ISchemaValue>>? Entries { get; }

    bool Is(string type);

    bool Equals(JsonElement constant);
}

/// <summary>A value of a pack's YAML, where single values have no type of their own.</summary>
internal sealed class YamlValue(PackNode node) : ISchemaValue
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public string Place => $"(line {node.Line})";

    public string? Text => node.IsScalar ? node.Text : null;

    public decimal? Number => node.IsScalar && decimal.TryParse(node.Text, Styles, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IReadOnlyList<ISchemaValue>? Items => node.IsList ? [.. node.Items.Select(i => new YamlValue(i))] : null;

    public IReadOnlyList<KeyValuePair<string, ISchemaValue>>? Entries => node.IsMap ? [.. node.Entries.Select(e => KeyValuePair.Create<string, ISchemaValue>(e.Key, new YamlValue(e.Value)))] : null;

    public bool Is(string type) => type switch
    {
        "object" => node.IsMap,
        "array" => node.IsList,
        "string" => node.IsScalar,
        "boolean" => node.IsScalar && node.Text is "true" or "false",
        "integer" => node.IsScalar && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => Number is not null,
        _ => throw new NotSupportedException($"The type '{type}' is not checked."),
    };

    public bool Equals(JsonElement constant) => node.IsScalar && constant.ToString() == node.Text;
}

/// <summary>A value of a JSON file.</summary>
internal sealed class JsonValue(JsonElement value) : ISchemaValue
{
    public string Place => "";

    public string? Text => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public decimal? Number => value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    public IReadOnlyList<ISchemaValue>? Items => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(i => new JsonValue(i))] : null;

    public IReadOnlyList<KeyValuePair<string, ISchemaValue>>? Entries =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(m => KeyValuePair.Create<string, ISchemaValue>(m.Name, new JsonValue(m.Value)))] : null;

    public bool Is(string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type '{type}' is not checked."),
    };

    public bool Equals(JsonElement constant) => JsonElement.DeepEquals(constant, value);
}
