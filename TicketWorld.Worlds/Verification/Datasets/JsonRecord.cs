using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// An object of a dataset read field by field: what is missing, unknown, of the wrong type or form becomes a finding and reads as
/// null; nothing throws.
/// </summary>
internal readonly struct JsonRecord
{
    private readonly JsonElement _element;
    private readonly RecordCheck _check;
    private readonly string _path;
    private readonly JsonKeys _keys;
    private readonly JsonElement[] _members;

    private JsonRecord(JsonElement element, RecordCheck check, string path, JsonKeys keys)
    {
        _element = element;
        _check = check;
        _path = path;
        _keys = keys;
        _members = new JsonElement[keys.Length];
    }

    /// <summary>Takes an element for an object with exactly the keys; other keys and repeated ones are findings.</summary>
    public static JsonRecord? Of(JsonElement element, RecordCheck check, string path, JsonKeys keys, bool open = false)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            check.Add(VerificationLayer.Schema, path.Length == 0 ? "(record)" : path, "this is no object", Kind(element), "an object");
            return null;
        }

        var record = new JsonRecord(element, check, path, keys);
        var members = record._members;
        var next = 0;
        foreach (var property in element.EnumerateObject())
        {
            // Keys mostly stand in the order of the format, so the one that follows the last is tried first.
            var index = next < keys.Length && property.NameEquals(keys.Utf8(next)) ? next : -1;
            for (var i = 0; i < keys.Length && index < 0; i++)
            {
                if (property.NameEquals(keys.Utf8(i)))
                    index = i;
            }

            next = index + 1;
            if (index < 0 && !open)
                check.Add(VerificationLayer.Schema, record.Path(property.Name), "the key is unknown", property.Name, "no such key");
            else if (index >= 0 && members[index].ValueKind != JsonValueKind.Undefined)
                check.Add(VerificationLayer.Schema, record.Path(property.Name), "the key stands twice", property.Name, "once");
            if (index >= 0)
                members[index] = property.Value;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (members[i].ValueKind == JsonValueKind.Undefined)
                check.Add(VerificationLayer.Schema, record.Path(keys[i]), "the key is missing", "missing", keys[i]);
        }

        return record;
    }

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public RecordCheck Check => _check;

    /// <summary>The member, or null when it is missing (which <see cref="Of"/> reports).</summary>
    public JsonElement? Member(string name)
    {
        if (_keys.Find(name) is >= 0 and var index)
            return _members[index] is { ValueKind: not JsonValueKind.Undefined } known ? known : null;
        return _element.TryGetProperty(name, out var member) ? member : null;
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text(string name) => Member(name) is { } member ? Text(member, name) : null;

    /// <summary>A text, or null where the file says null.</summary>
    public string? TextOrNull(string name) => Member(name) is { ValueKind: not JsonValueKind.Null } member ? Text(member, name) : null;

    public Money? Money(string name)
    {
        if (Member(name) is not { } member)
            return null;
        if (PlainJson.TryMoney(member, out var plain))
            return plain;
        if (member.ValueKind == JsonValueKind.Number && IsMoney(JsonMarshal.GetRawUtf8Value(member))
            && Quantities.Money.TryParse(member.GetRawText(), out var money))
        {
            return money;
        }

        return Wrong<Money>(name, member, "an amount with two decimals");
    }

    public int? Integer(string name, int least, int most)
    {
        if (Member(name) is not { } member)
            return null;
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : Wrong<int>(name, member, $"a whole number from {least} to {most}");
    }

    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Member(name) is not { } member)
            return null;
        return member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var value) && value >= least && value <= most
            ? value
            : Wrong<decimal>(name, member, $"a number from {least} to {most}");
    }

    public bool? Boolean(string name)
    {
        if (Member(name) is not { } member)
            return null;
        return member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.ValueKind == JsonValueKind.True : Wrong<bool>(name, member, "true or false");
    }

    public DateOnly? Date(string name, bool orNull = false)
    {
        if (Member(name) is not { } member || (orNull && member.ValueKind == JsonValueKind.Null))
            return null;
        if (PlainJson.TryText(member, stackalloc char[PlainJson.Room], out var plain) && PlainJson.TryDay(plain, out var day))
            return day;
        return TryString(member, out var text)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong<DateOnly>(name, member, "a date such as 2026-01-14");
    }

    public DateTime? Time(string name, bool orNull = false)
    {
        if (Member(name) is not { } member || (orNull && member.ValueKind == JsonValueKind.Null))
            return null;
        if (PlainJson.TryText(member, stackalloc char[PlainJson.Room], out var plain) && PlainJson.TryTime(plain, out var time))
            return time;
        return TryString(member, out var text) && TryTime(text, out time)
            ? time
            : Wrong<DateTime>(name, member, "a time such as 2026-01-14T09:12:44Z");
    }

    /// <summary>A value of a list of texts.</summary>
    public string? OneOf(string name, ReadOnlySpan<string> allowed)
    {
        if (Member(name) is { } member && PlainJson.TryText(member, stackalloc char[PlainJson.Room], out var plain))
        {
            foreach (var choice in allowed)
            {
                if (plain.SequenceEqual(choice))
                    return choice;
            }
        }

        var text = Text(name);
        if (text is null || allowed.Contains(text))
            return text;
        _check.Add(VerificationLayer.Schema, Path(name), "the value is not known", text, string.Join(", ", allowed.ToArray()));
        return null;
    }

    /// <summary>An identifier in its exact form.</summary>
    public T? Id<T>(string name, TryParseId<T> parse, string example, string? absent = null, bool orNull = false)
        where T : struct
    {
        if (Member(name) is { } member && PlainJson.TryText(member, stackalloc char[PlainJson.Room], out var plain))
        {
            if (absent is not null && plain.SequenceEqual(absent))
                return null;
            if (parse(plain, out var known))
                return known;
        }

        var text = orNull ? TextOrNull(name) : Text(name);
        if (text is null || text == absent)
            return null;
        if (parse(text, out var id))
            return id;
        _check.Add(VerificationLayer.Schema, Path(name), "this is no such id", text, $"an id such as {example}");
        return null;
    }

    public delegate bool TryParseId<T>(ReadOnlySpan<char> text, out T id);

    public JsonRecord? Object(string name, JsonKeys keys, bool open = false) =>
        Member(name) is { } member ? Of(member, _check, Path(name), keys, open) : null;

    /// <summary>The elements of an array; empty with a finding when it is none.</summary>
    public JsonElement[] Array(string name)
    {
        if (Member(name) is not { } member)
            return [];
        if (member.ValueKind == JsonValueKind.Array)
            return [.. member.EnumerateArray()];
        Wrong<int>(name, member, "an array");
        return [];
    }

    /// <summary>An array of texts.</summary>
    public string[] Texts(string name)
    {
        var elements = Array(name);
        if (elements.Length == 0)
            return [];
        var texts = new List<string>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (TryString(elements[i], out var text))
                texts.Add(text);
            else
                Wrong<int>($"{name}[{i}]", elements[i], "a text");
        }

        return [.. texts];
    }

    public void Report(VerificationLayer layer, string name, string problem, string found, string expected) =>
        _check.Add(layer, Path(name), problem, found, expected);

    /// <summary>The text of a JSON string; false for another kind, or for escapes that are no characters.</summary>
    public static bool TryString(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private string? Text(JsonElement member, string name)
    {
        if (TryString(member, out var text) && !string.IsNullOrWhiteSpace(text))
            return text;
        Wrong<int>(name, member, "a text");
        return null;
    }

    private T? Wrong<T>(string name, JsonElement member, string expected)
        where T : struct
    {
        _check.Add(VerificationLayer.Schema, Path(name), "the value has the wrong form", Kind(member), expected);
        return null;
    }

    private static bool TryTime(string? text, out DateTime time) => DateTime.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool IsMoney(ReadOnlySpan<byte> raw) =>
        raw.Length >= 4 && raw[^3] == '.' && char.IsAsciiDigit((char)raw[^1]) && char.IsAsciiDigit((char)raw[^2]);

    private static string Kind(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 80)]);
    }
}
