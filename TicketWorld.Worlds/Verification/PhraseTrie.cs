using System.Runtime.CompilerServices;

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

    /// <summary>For each pair of ASCII characters, the node that they lead to from the root; 0 for none. Most words end here.</summary>
    private readonly int[] _pairs = new int[128 * 128];

    /// <summary>Whether a phrase begins with an ASCII character followed by none or a non-ASCII one.</summary>
    private readonly bool[] _odd = new bool[128];

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
        for (var child = _first[0]; child < _first[1]; child++)
        {
            var start = _labels[child];
            if (start >= 128)
                continue;
            _odd[start] = _payload[child] >= 0;
            for (var grandchild = _first[child]; grandchild < _first[child + 1]; grandchild++)
            {
                if (_labels[grandchild] < 128)
                    _pairs[start * 128 + _labels[grandchild]] = grandchild;
                else
                    _odd[start] = true;
            }
        }
    }

    /// <summary>Whether a letter or digit; a match may not begin or end between two of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWord(char c) => c < 128 ? AsciiWords[c] : char.IsLetterOrDigit(c);

    private static readonly bool[] AsciiWords = [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c))];

    /// <summary>Whether a word may begin or end before the character at <paramref name="at"/>.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at <= 0 || at >= text.Length || !IsWord(text[at - 1]) || !IsWord(text[at]);

    /// <summary>The payload of the longest phrase that begins at <paramref name="start"/> and ends at a boundary, or -1.</summary>
    public int Longest(ReadOnlySpan<char> lower, int start, out int end)
    {
        end = start;
        var first = lower[start];
        var second = start + 1 < lower.Length ? lower[start + 1] : ' ';
        if (first < 128 && second < 128 && !_odd[first])
        {
            var node = _pairs[first * 128 + second];
            return node == 0 ? -1 : Walk(lower, node, start + 2, ref end);
        }

        return Walk(lower, 0, start, ref end);
    }

    private int Walk(ReadOnlySpan<char> lower, int node, int next, ref int end)
    {
        var found = -1;
        while (true)
        {
            if (_payload[node] >= 0 && IsBoundary(lower, next))
            {
                found = _payload[node];
                end = next;
            }

            if (next >= lower.Length)
                return found;
            var c = lower[next++];
            var from = _first[node];
            var children = _labels.AsSpan(from, _first[node + 1] - from);
            var at = children.Length == 1 && children[0] == c ? 0 : children.Length <= 1 ? -1 : children.IndexOf(c);
            if (at < 0)
                return found;
            node = from + at;
        }
    }

    private sealed class Node
    {
        public SortedDictionary<char, Node> Next { get; } = [];

        public int Payload { get; set; } = -1;
    }
}
