using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>What is learnt of names of products: how much each feature speaks for one, and which words are ordinary.</summary>
internal sealed record NameWeights(LinearModel Model, OrdinaryWords Ordinary)
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
        return new(LinearModel.Read(root[ModelKey], ProductNames.Classes), new(root[OrdinaryKey].Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)));
    }
}
