using System.Runtime.InteropServices;
using System.Text.Json;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Soaking;

/// <summary>The texts of a set: words that no customer writes, and lines and times that too many share.</summary>
internal sealed class MessageTexts(PolicyDocument policy)
{
    /// <summary>Of so many messages one may begin with the same line.</summary>
    private const int OpeningOneIn = 20;

    /// <summary>Of so many messages one may be stamped with the same second of the day.</summary>
    private const int SecondOneIn = 100;

    /// <summary>In smaller sets a line or a second that several share is chance.</summary>
    private const int Fewest = 1000;
    private readonly Dictionary<string, int> _openings = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _seconds = [];
    private readonly string[] _clauses = [.. policy.Clauses.Select(c => c.Id)];
    private int _count;

    public void Take(JsonElement ticket, DateTime at)
    {
        _count++;
        var body = ticket.Text("body");
        var end = body.IndexOf('\n', StringComparison.Ordinal);
        CollectionsMarshal.GetValueRefOrAddDefault(_openings, (end < 0 ? body : body[..end]).Trim(), out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(_seconds, (int)at.TimeOfDay.TotalSeconds, out _)++;
    }

    /// <summary>Slots and rules of the grammar, identifiers with an underscore, ids of clauses.</summary>
    public bool HasGeneratorWords(JsonElement ticket)
    {
        var (subject, body) = (ticket.Text("subject"), ticket.Text("body"));
        return IsMade(subject) || IsMade(body) || Array.Exists(_clauses, c => subject.Contains(c, StringComparison.Ordinal) || body.Contains(c, StringComparison.Ordinal));
    }

    /// <summary>Messages that share their first line, or their second of the day, with more than may be.</summary>
    public long Repeated()
    {
        if (_count < Fewest)
            return 0;
        return _openings.Values.Where(n => n * OpeningOneIn > _count).Sum(n => (long)n) + _seconds.Values.Where(n => n * SecondOneIn > _count).Sum(n => (long)n);
    }

    private static bool IsMade(string text)
    {
        if (text.AsSpan().IndexOfAny('{', '}', '<') >= 0)
            return true;
        for (var at = 1; at + 1 < text.Length; at++)
        {
            if (text[at] == '_' && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]))
                return true;
        }

        return false;
    }
}
