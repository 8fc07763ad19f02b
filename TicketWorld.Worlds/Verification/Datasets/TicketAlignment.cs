using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Pairs the tickets of a file with those made again. Where ids differ it looks a few tickets ahead on both sides: what comes
/// again there was left out or put in; what does not was changed in place.
/// </summary>
internal sealed class TicketAlignment(Action<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> compare, Action<string, string, string> report)
{
    private const int Ahead = 16;

    private readonly List<ReadOnlyMemory<byte>> _expected = [];
    private readonly List<ReadOnlyMemory<byte>> _found = [];

    public void Expect(ReadOnlyMemory<byte> ticket) => Take(_expected, _found, ticket);

    public void Meet(ReadOnlyMemory<byte> ticket) => Take(_found, _expected, ticket);

    /// <summary>Pairs what can be paired; at the end, all.</summary>
    public void Settle(bool isLast)
    {
        while (_expected.Count > 0 && _found.Count > 0 && (isLast || Math.Min(_expected.Count, _found.Count) > Ahead || Same(_expected[0], _found[0])))
        {
            var wanted = _expected.FindIndex(e => Same(e, _found[0]));
            var met = _found.FindIndex(f => Same(_expected[0], f));
            if (wanted > 0 && (met < 0 || wanted <= met))
                Drop(_expected, wanted, "missing", "the ticket");
            else if (met > 0)
                Drop(_found, met, "a ticket", "no such ticket here");
            Pair();
        }

        if (!isLast)
            return;
        Drop(_expected, _expected.Count, "missing", "the ticket");
        Drop(_found, _found.Count, "a ticket", "no such ticket");
    }

    /// <summary>The id in a JSON record, or null.</summary>
    public static string? IdOf(ReadOnlyMemory<byte> record, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(record);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out var id) && JsonRecord.TryString(id, out var text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Equal bytes at the head of both sides are the common case and need no id.</summary>
    private static void Take(List<ReadOnlyMemory<byte>> own, List<ReadOnlyMemory<byte>> other, ReadOnlyMemory<byte> ticket)
    {
        if (own.Count == 0 && other.Count == 1 && other[0].Span.SequenceEqual(ticket.Span))
            other.Clear();
        else
            own.Add(ticket);
    }

    private void Pair()
    {
        if (_expected.Count == 0 || _found.Count == 0)
            return;
        if (!_expected[0].Span.SequenceEqual(_found[0].Span))
            compare(IdOf(_expected[0], "ticket_id") ?? "(record)", _found[0], _expected[0]);
        _expected.RemoveAt(0);
        _found.RemoveAt(0);
    }

    private void Drop(List<ReadOnlyMemory<byte>> list, int count, string found, string expected)
    {
        for (var i = 0; i < count; i++)
            report(IdOf(list[i], "ticket_id") ?? "(record)", found, expected);
        list.RemoveRange(0, count);
    }

    private static bool Same(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> found) =>
        expected.Span.SequenceEqual(found.Span)
        || (IdOf(expected, "ticket_id") is { } id && id == IdOf(found, "ticket_id"));
}
