namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Finds the longest of many phrases that begins at a place in a text. Walking it from every word start, and on from the
/// end of each match, yields exactly the leftmost-longest, non-overlapping matches at word boundaries. Immutable.
/// </summary>
internal sealed class PhraseTrie
{
    private readonly char[] _labels;
    private readonly int[] _first;
    private readonly int[] _payload;
    private readonly bool[] _starts = new bool[128];

    /// <param name="phrases">Lower-cased phrases; of equal ones the first counts.</param>
    public PhraseTrie(IEnumerable<KeyValuePair<string, int>> phrases)
    {
        var root = new Node();
        foreach (var (text, payload) in phrases)
        {
            if (text.Length == 0)
                continue;
            var node = root;
            foreach (var c in text)
            {
                if (!node.Next.TryGetValue(c, out var next))
                    node.Next[c] = next = new Node();
                node = next;
            }

            if (node.Payload < 0)
                node.Payload = payload;
        }

        // Breadth first: the children of a node are neighbours, so one span of labels holds them.
        var order = new List<Node> { root };
        var labels = new List<char> { '\0' };
        var first = new List<int>();
        for (var i = 0; i < order.Count; i++)
        {
            first.Add(order.Count);
            foreach (var (label, child) in order[i].Next)
            {
                labels.Add(label);
                order.Add(child);
            }
        }

        first.Add(order.Count);
        _labels = [.. labels];
        _first = [.. first];
        _payload = [.. order.Select(n => n.Payload)];
        foreach (var c in root.Next.Keys)
        {
            if (c < _starts.Length)
                _starts[c] = true;
        }
    }

    /// <summary>Whether a letter or digit; a match may not begin or end between two of them.</summary>
    public static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    /// <summary>Whether a word may begin or end before the character at <paramref name="at"/>.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at <= 0 || at >= text.Length || !IsWord(text[at - 1]) || !IsWord(text[at]);

    /// <summary>The payload of the longest phrase that begins at <paramref name="start"/> and ends at a boundary, or -1.</summary>
    public int Longest(ReadOnlySpan<char> lower, int start, out int end)
    {
        end = start;
        var first = lower[start];
        if (first < _starts.Length && !_starts[first])
            return -1;
        var found = -1;
        var node = 0;
        for (var i = start; i < lower.Length; i++)
        {
            var from = _first[node];
            var at = _labels.AsSpan(from, _first[node + 1] - from).IndexOf(lower[i]);
            if (at < 0)
                break;
            node = from + at;
            if (_payload[node] >= 0 && IsBoundary(lower, i + 1))
            {
                found = _payload[node];
                end = i + 1;
            }
        }

        return found;
    }

    private sealed class Node
    {
        public SortedDictionary<char, Node> Next { get; } = [];

        public int Payload { get; set; } = -1;
    }
}
