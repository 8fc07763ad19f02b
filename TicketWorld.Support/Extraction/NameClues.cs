using System.Numerics;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>
/// How much each clue speaks for a word being the name of a product. A word is one if the sum is above zero. The figures of extraction.yaml
/// are tenths of the log odds of a logistic regression over the labelled messages; German, where nouns have capitals, has its own share.
/// </summary>
internal sealed class NameClues
{
    private const string Bias = "bias";
    private const int Most = 1000;

    private readonly (int All, int German)[] _weights = new (int, int)[Enum.GetValues<NameClue>().Length];
    private readonly (int All, int German) _bias;

    /// <exception cref="PackException">The node has an unknown clue, or a clue has no two figures.</exception>
    public NameClues(PackNode node, Func<string, string> key)
    {
        node.Only([Bias, .. Enum.GetNames<NameClue>().Select(key)]);
        _bias = Read(node[Bias]);
        foreach (var clue in Enum.GetValues<NameClue>())
            _weights[(int)clue] = node.Find(key(clue.ToString())) is { } weight ? Read(weight) : default;
    }

    /// <param name="clues">A bit for each clue that stands.</param>
    public int Sum(ulong clues, bool german)
    {
        var sum = german ? _bias.All + _bias.German : _bias.All;
        for (; clues != 0; clues &= clues - 1)
        {
            var (all, own) = _weights[BitOperations.TrailingZeroCount(clues)];
            sum += german ? all + own : all;
        }

        return sum;
    }

    private static (int All, int German) Read(PackNode node) =>
        node.Items is [var all, var german]
            ? (all.Integer(-Most, Most), german.Integer(-Most, Most))
            : throw node.Error("A clue has two figures.", "Write [for all languages, in addition for German], for example [13, -4].");
}
