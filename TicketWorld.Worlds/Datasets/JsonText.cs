using System.Buffers.Text;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Datasets;

/// <summary>
/// Writes compact JSON as UTF-8 into a buffer that is used again: the bytes of a <see cref="System.Text.Json.Utf8JsonWriter"/> with
/// <see cref="Json.Options"/>, without its checks. Names, and what is written raw, must need no escaping. For one thread.
/// </summary>
internal sealed class JsonText
{
    /// <summary>More than any number, date or id takes with its quotation marks.</summary>
    private const int Slack = 64;

    private byte[] _bytes = new byte[1 << 14];
    private int _length;

    /// <summary>Whether a value stands before what comes next, in the same object or array.</summary>
    private bool _follows;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        _follows = false;
    }

    /// <summary>What stands between two documents.</summary>
    public void WriteBetween(ReadOnlySpan<byte> text)
    {
        Append(text);
        _follows = false;
    }

    public void WriteStartObject() => Open((byte)'{');

    public void WriteStartObject(ReadOnlySpan<byte> name)
    {
        WritePropertyName(name);
        Open((byte)'{');
    }

    public void WriteEndObject() => Close((byte)'}');

    public void WriteStartArray() => Open((byte)'[');

    public void WriteStartArray(ReadOnlySpan<byte> name)
    {
        WritePropertyName(name);
        Open((byte)'[');
    }

    public void WriteEndArray() => Close((byte)']');

    public void WritePropertyName(ReadOnlySpan<byte> name)
    {
        var room = Room(name.Length + 4);
        var at = 0;
        if (_follows)
            room[at++] = (byte)',';
        room[at++] = (byte)'"';
        name.CopyTo(room[at..]);
        at += name.Length;
        room[at++] = (byte)'"';
        room[at++] = (byte)':';
        _length += at;
        _follows = false;
    }

    public void WriteString(ReadOnlySpan<byte> name, string? value)
    {
        WritePropertyName(name);
        WriteStringValue(value);
    }

    /// <summary>A value that needs no escaping.</summary>
    public void WriteString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        WritePropertyName(name);
        var room = Value(value.Length + 2);
        room[0] = (byte)'"';
        value.CopyTo(room[1..]);
        room[value.Length + 1] = (byte)'"';
        _length += value.Length + 2;
    }

    public void WriteString(string name, string? value)
    {
        WriteStringValue(name);
        Append(":"u8);
        _follows = false;
        WriteStringValue(value);
    }

    public void WriteStringValue(string? value)
    {
        if (value is null)
        {
            WriteRaw("null"u8);
            return;
        }

        var room = Value(EscapedText.RoomFor(value.Length) + 2);
        room[0] = (byte)'"';
        var written = EscapedText.Write(value, room[1..]);
        room[written + 1] = (byte)'"';
        _length += written + 2;
    }

    public void WriteStrings(ReadOnlySpan<byte> name, ReadOnlySpan<string> values)
    {
        WriteStartArray(name);
        foreach (var value in values)
            WriteStringValue(value);
        WriteEndArray();
    }

    public void WriteBoolean(ReadOnlySpan<byte> name, bool value)
    {
        WritePropertyName(name);
        WriteRaw(value ? "true"u8 : "false"u8);
    }

    public void WriteNull(ReadOnlySpan<byte> name)
    {
        WritePropertyName(name);
        WriteRaw("null"u8);
    }

    public void WriteNumber(ReadOnlySpan<byte> name, int? value)
    {
        WritePropertyName(name);
        if (value is { } number)
            WriteNumberValue(number);
        else
            WriteRaw("null"u8);
    }

    public void WriteDecimal(ReadOnlySpan<byte> name, decimal value)
    {
        WritePropertyName(name);
        Utf8Formatter.TryFormat(value, Value(Slack), out var written);
        _length += written;
    }

    public void WriteNumberValue(long value)
    {
        Utf8Formatter.TryFormat(value, Value(Slack), out var written);
        _length += written;
    }

    /// <summary>An amount as a number with two decimals.</summary>
    public void WriteMoney(ReadOnlySpan<byte> name, Money amount)
    {
        WritePropertyName(name);
        _length += Json.Format(amount, Value(Slack));
    }

    /// <summary>A time as <c>2026-01-14T09:12:44Z</c>.</summary>
    public void WriteTime(ReadOnlySpan<byte> name, DateTime? time)
    {
        WritePropertyName(name);
        if (time is { } at)
            Quote(Json.Format(at, Value(Slack)[1..]));
        else
            WriteRaw("null"u8);
    }

    public void WriteDate(ReadOnlySpan<byte> name, DateOnly? date)
    {
        WritePropertyName(name);
        if (date is { } day)
            Quote(Json.Format(day, Value(Slack)[1..]));
        else
            WriteRaw("null"u8);
    }

    public void WriteId(ReadOnlySpan<byte> name, CustomerId id)
    {
        WritePropertyName(name);
        Quote(IdFormat.Write(id, Value(Slack)[1..]));
    }

    public void WriteId(ReadOnlySpan<byte> name, ProductId id)
    {
        WritePropertyName(name);
        Quote(IdFormat.Write(id, Value(Slack)[1..]));
    }

    public void WriteId(ReadOnlySpan<byte> name, OrderId id)
    {
        WritePropertyName(name);
        WriteId(id);
    }

    public void WriteId(ReadOnlySpan<byte> name, PaymentId id)
    {
        WritePropertyName(name);
        Quote(IdFormat.Write(id, Value(Slack)[1..]));
    }

    public void WriteQuoted(long number)
    {
        Utf8Formatter.TryFormat(number, Value(Slack)[1..], out var written);
        Quote(written);
    }

    public void WriteQuoted(Money amount) => Quote(Json.Format(amount, Value(Slack)[1..]));

    public void WriteId(OrderId id) => Quote(IdFormat.Write(id, Value(Slack)[1..]));

    /// <summary>A value, or a part of an object or array that was written earlier.</summary>
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Value(json.Length));
        _length += json.Length;
    }

    /// <summary>The names, with their colons, and values before a value that follows.</summary>
    public void WriteRawName(ReadOnlySpan<byte> json)
    {
        WriteRaw(json);
        _follows = false;
    }

    private void Open(byte sign)
    {
        Value(1)[0] = sign;
        _length++;
        _follows = false;
    }

    private void Close(byte sign)
    {
        Room(1)[0] = sign;
        _length++;
        _follows = true;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    /// <summary>Puts quotation marks around what was written one byte after the end.</summary>
    private void Quote(int written)
    {
        _bytes[_length] = (byte)'"';
        _bytes[_length + written + 1] = (byte)'"';
        _length += written + 2;
    }

    /// <summary>Room for a value, after the comma where one is needed.</summary>
    private Span<byte> Value(int bytes)
    {
        var room = Room(bytes + 1);
        if (!_follows)
        {
            _follows = true;
            return room;
        }

        room[0] = (byte)',';
        _length++;
        return room[1..];
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        return _bytes.AsSpan(_length);
    }
}
