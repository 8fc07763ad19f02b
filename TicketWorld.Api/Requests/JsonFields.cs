using System.Text;
using System.Text.Json;
using TicketWorld.Api.Errors;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.Support.Rules;

namespace TicketWorld.Api.Requests;

/// <summary>
/// Reads the fields of a JSON object one by one and collects what is wrong with them, so that one answer names every fault.
/// A field that is null is one that was left out.
/// </summary>
internal sealed class JsonFields
{
    /// <summary>The most characters of an e-mail address.</summary>
    public const int LongestEmail = 320;

    private readonly JsonElement _object;
    private readonly string _path;
    private readonly List<FieldFault> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<JsonFields> _inner = [];

    public JsonFields(JsonElement root)
        : this(root, "", [])
    {
    }

    private JsonFields(JsonElement node, string path, List<FieldFault> faults) => (_object, _path, _faults) = (node, path, faults);

    /// <summary>A text of a length; null when it is left out or wrong.</summary>
    /// <param name="name">The field.</param>
    /// <param name="longest">The most characters.</param>
    /// <param name="required">Whether it has to be there and say something.</param>
    public string? Text(string name, int longest, bool required = false)
    {
        if (Find(name) is not { } value)
        {
            if (required)
                Fault(name, "missing_field", $"{name} is missing.", null);
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(name, "invalid_type", $"{name} is not a text.", value);
            return null;
        }

        var text = Read(name, value);
        if (text is null)
            return null;
        if (text.Length > longest && text.EnumerateRunes().Count() is var length && length > longest)
        {
            Fault(name, "too_long", $"{name} has {length} characters; the most are {longest}.", null);
            return null;
        }

        if (!required || !string.IsNullOrWhiteSpace(text))
            return text;
        Fault(name, "empty", $"{name} says nothing.", value);
        return null;
    }

    /// <summary>An e-mail address, or null.</summary>
    public string? Email(string name)
    {
        if (Text(name, LongestEmail) is not { Length: > 0 } text)
            return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && at < text.Length - 1 && text.LastIndexOf('@') == at && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ','))
            return text;
        Fault(name, "invalid_value", $"{name} is not an e-mail address.", null);
        return null;
    }

    /// <summary>A word of an enumeration; null when it is left out or wrong.</summary>
    public T? Choice<T>(string name, bool required = false)
        where T : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            if (required)
                Fault(name, "missing_field", $"{name} is missing; use one of {string.Join(", ", RuleWords.All<T>())}.", null);
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Read(name, value) is { } word && RuleWords.Find<T>(word) is { } found)
            return found;
        Fault(name, "invalid_value", $"{name} is none of {string.Join(", ", RuleWords.All<T>())}.", value);
        return null;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (Find(name) is not { } value)
            return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(name, "invalid_type", $"{name} is neither true nor false.", value);
        return fallback;
    }

    /// <summary>An object within this one; null when it is left out or wrong.</summary>
    public JsonFields? Object(string name, bool required = false)
    {
        if (Find(name) is not { } value)
        {
            if (required)
                Fault(name, "missing_field", $"{name} is missing.", null);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(name, "invalid_type", $"{name} is not an object.", value);
            return null;
        }

        var inner = new JsonFields(value, _path + name + ".", _faults);
        _inner.Add(inner);
        return inner;
    }

    /// <summary>The objects of a list; none when it is left out or wrong.</summary>
    public IReadOnlyList<JsonFields> Objects(string name, int most)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            Fault(name, "invalid_type", $"{name} is not a list of at most {most} objects.", value);
            return [];
        }

        JsonFields[] items = [.. value.EnumerateArray().Select((item, place) => new JsonFields(item, $"{_path}{name}[{place}].", _faults))];
        _inner.AddRange(items);
        return items;
    }

    /// <summary>Any object, kept as it is; null when it is left out or wrong.</summary>
    public JsonElement? Free(string name, int maxBytes)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(name, "invalid_type", $"{name} is not an object.", value);
            return null;
        }

        if (Encoding.UTF8.GetByteCount(value.GetRawText()) > maxBytes)
        {
            Fault(name, "too_long", $"{name} has more than {maxBytes} bytes.", null);
            return null;
        }

        if (IsText(value))
            return value.Clone();
        Fault(name, "invalid_value", $"{name} holds half of a character (an escaped surrogate without its other half).", null);
        return null;
    }

    /// <summary>Takes note of a field whose value does not matter here.</summary>
    public void Ignore(string name) => _known.Add(name);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ProblemException">A field was wrong, is missing, or is not one of those that were read.</exception>
    public void ThrowIfFaulty()
    {
        FindUnknown();
        if (_faults.Count > 0)
            throw new ProblemException(Problems.Validation(_faults));
    }

    public void Fault(string name, string code, string detail, JsonElement? value) =>
        _faults.Add(new(_path + name, code, detail, value is { } wrong ? Cut(wrong.GetRawText()) : null));

    private static string Cut(string text) => text.Length <= Problem.MaxValueLength ? text : text[..Problem.MaxValueLength] + "…";

    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Object => value.EnumerateObject().All(property => property.Name is not null && IsText(property.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? Read(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Fault(name, "invalid_value", $"{name} holds half of a character (an escaped surrogate without its other half).", null);
            return null;
        }
    }

    private void FindUnknown()
    {
        foreach (var property in _object.EnumerateObject())
        {
            var name = NameOf(property);
            if (name is null || !_known.Contains(name))
                Fault(Cut(name ?? "?"), "unknown_field", $"This request does not know the field; it knows {string.Join(", ", _known.Order(StringComparer.Ordinal))}.", null);
        }

        foreach (var inner in _inner)
            inner.FindUnknown();
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
