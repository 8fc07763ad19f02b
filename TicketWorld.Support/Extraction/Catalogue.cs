namespace TicketWorld.Support.Extraction;

/// <summary>Names of products that the company is known to have, found wherever they stand.</summary>
internal sealed class Catalogue
{
    private readonly Dictionary<string, List<string[]>> _byFirst = new(StringComparer.OrdinalIgnoreCase);

    public Catalogue(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0)
                continue;
            if (!_byFirst.TryGetValue(words[0], out var list))
                _byFirst[words[0]] = list = [];
            list.Add(words);
        }

        foreach (var list in _byFirst.Values)
            list.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    public void Find(Reading reading)
    {
        if (_byFirst.Count == 0)
            return;
        var tokens = reading.Tokens;
        var lookup = _byFirst.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Symbol || !lookup.TryGetValue(tokens.TextOf(i), out var names))
                continue;
            foreach (var name in names)
            {
                if (!IsAt(tokens, i, name))
                    continue;
                reading.Candidates.Add(new(Field.ProductName, tokens[i].Start, tokens[i + name.Length - 1].End, 98, Evidence.Form));
                i += name.Length - 1;
                break;
            }
        }
    }

    private static bool IsAt(TokenList tokens, int first, string[] name)
    {
        if (first + name.Length > tokens.Count)
            return false;
        for (var i = 1; i < name.Length; i++)
        {
            if (tokens[first + i].Before != Gap.Space || !tokens.TextOf(first + i).Equals(name[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
