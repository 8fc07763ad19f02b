using System.Globalization;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>What is learnt of names of products.</summary>
/// <param name="Odds">How much each feature adds to the log odds of a name.</param>
/// <param name="Ordinary">Words that are no names.</param>
internal sealed record NameWeights(Dictionary<ulong, float> Odds, OrdinaryWords Ordinary)
{
    public const string FileName = "names.yaml";
    public const string ModelKey = "name";
    public const string OrdinaryKey = "ordinary";

    private static readonly char[] Blanks = [' ', '\n'];

    /// <exception cref="PackException">The file breaks its schema; names file and line.</exception>
    public static NameWeights Read(RuleFiles files)
    {
        var root = files.Read(FileName);
        root.Only(ModelKey, OrdinaryKey);
        return new(ReadOdds(root[ModelKey]), new(root[OrdinaryKey].Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Lines such as <c>after am	-4</c>: a feature, a tab, and what it adds in parts of <see cref="LinearModel.Scale"/>.</summary>
    private static Dictionary<ulong, float> ReadOdds(PackNode node)
    {
        var odds = new Dictionary<ulong, float>();
        var number = 0;
        foreach (var line in node.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0 || FeatureList.KeyOf(line.AsSpan(0, tab)) is not { } key || !int.TryParse(line.AsSpan(tab + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight))
            {
                throw new PackException(
                    node.File, node.Line + number, $"'{line[..Math.Min(40, line.Length)]}' is no line of weights.", "Write 'kind name', a tab, then the weight; the training command makes the file.");
            }

            odds[key] = weight / LinearModel.Scale;
        }

        return odds;
    }
}
