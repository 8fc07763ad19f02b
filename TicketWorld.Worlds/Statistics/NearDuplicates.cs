using System.Runtime.InteropServices;

namespace TicketWorld.Worlds.Statistics;

/// <summary>
/// Finds the texts that have a near-duplicate: another text that shares at least four fifths of their runs of five words (Jaccard ≥ 0.8).
/// </summary>
/// <remarks>
/// Exact, by prefix filtering (Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007). With one fixed order of runs, rare ones first, two
/// sets of that similarity share a run among the first ⌊|x| / 5⌋ + 1 of each, so only texts that meet there are compared in full.
/// Every text is on two chains for each run of its prefix: one of all texts, walked until a match is found; and one of texts that have no match
/// yet, walked to the end and thinned on the way. A heap of equal texts therefore costs no more than as many different ones.
/// </remarks>
internal sealed class NearDuplicates
{
    public const int RunLength = 5;
    private const int CounterBits = 22;
    private readonly List<uint[]> _sets = [];
    private readonly List<string?> _families = [];
    private readonly int[] _counters = new int[1 << CounterBits];

    /// <summary>Adds a text.</summary>
    /// <param name="runs">Its runs of words.</param>
    /// <param name="family">Texts of one family are not compared with each other; null for none.</param>
    public void Add(ulong[] runs, string? family)
    {
        var set = runs.Select(r => (uint)(r >> 32)).Distinct().ToArray();
        foreach (var run in set)
            _counters[Counter(run)]++;
        _sets.Add(set);
        _families.Add(family);
    }

    /// <summary>By text, in the order of adding: the index of a near-duplicate, or -1. A text without a run has none.</summary>
    public int[] Find()
    {
        var match = new int[_sets.Count];
        Array.Fill(match, -1);
        var sorted = new uint[_sets.Count][];
        var chains = new Dictionary<uint, Chain>();
        var nodes = new List<(int Text, int Next)>();
        for (var text = 0; text < _sets.Count; text++)
        {
            var set = _sets[text];
            if (set.Length == 0)
                continue;
            sorted[text] = [.. set.Order()];
            Array.Sort(set, (a, b) => _counters[Counter(a)] is var one && _counters[Counter(b)] is var other && one != other ? one.CompareTo(other) : a.CompareTo(b));
            var prefix = set.AsSpan(0, set.Length / 5 + 1 > set.Length ? set.Length : set.Length / 5 + 1);
            foreach (var run in prefix)
            {
                ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(chains, run, out var known);
                if (!known)
                    chain = new Chain { All = -1, Open = -1 };
                for (var node = chain.All; node >= 0 && match[text] < 0; node = nodes[node].Next)
                    Try(text, nodes[node].Text);
                WalkOpen(text, ref chain);
                nodes.Add((text, chain.All));
                chain.All = nodes.Count - 1;
            }

            if (match[text] >= 0)
                continue;
            foreach (var run in prefix)
            {
                ref var chain = ref CollectionsMarshal.GetValueRefOrNullRef(chains, run);
                nodes.Add((text, chain.Open));
                chain.Open = nodes.Count - 1;
            }
        }

        return match;

        // Texts that found a match since they were put on the chain are taken off it.
        void WalkOpen(int text, ref Chain chain)
        {
            var before = -1;
            for (var node = chain.Open; node >= 0; node = nodes[node].Next)
            {
                Try(text, nodes[node].Text);
                if (match[nodes[node].Text] < 0)
                    before = node;
                else if (before < 0)
                    chain.Open = nodes[node].Next;
                else
                    nodes[before] = (nodes[before].Text, nodes[node].Next);
            }
        }

        void Try(int text, int other)
        {
            if (other == text || (_families[text] is { } family && family == _families[other]) || !AreNear(sorted[text], sorted[other]))
                return;
            if (match[text] < 0)
                match[text] = other;
            if (match[other] < 0)
                match[other] = text;
        }
    }

    /// <summary>Whether |a ∩ b| / |a ∪ b| ≥ 0.8; both sorted, without repeats.</summary>
    private static bool AreNear(uint[] a, uint[] b)
    {
        // Jaccard ≥ 4/5 exactly when 9 · shared ≥ 4 · (|a| + |b|).
        var least = (4 * (a.Length + b.Length) + 8) / 9;
        if (Math.Min(a.Length, b.Length) < least)
            return false;
        int i = 0, j = 0, shared = 0;
        while (i < a.Length && j < b.Length)
        {
            if (shared + Math.Min(a.Length - i, b.Length - j) < least)
                return false;
            if (a[i] == b[j])
            {
                shared++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return shared >= least;
    }

    private static int Counter(uint run) => (int)(run & ((1u << CounterBits) - 1));

    /// <summary>Heads of the two chains of a run.</summary>
    private struct Chain
    {
        public int All;
        public int Open;
    }
}
