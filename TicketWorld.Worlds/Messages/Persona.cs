using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Messages;

/// <summary>A way of writing: tone, length, and how carefully somebody types.</summary>
public sealed class Persona
{
    internal const int MostAsides = 8;

    private Persona()
    {
    }

    public required string Name { get; init; }

    /// <summary>Share of the customers who write so, as a weight.</summary>
    public required int Share { get; init; }

    /// <summary>Typing errors in 1000 words that may have one.</summary>
    public required int TypingErrors { get; init; }

    /// <summary>Whether everything but names and numbers is written in lower case.</summary>
    public required bool LowerCase { get; init; }

    /// <summary>Whether commas, and the full stops at the end of paragraphs, are left out.</summary>
    public required bool SparsePunctuation { get; init; }

    /// <summary>Least and largest number of sentences beside the point.</summary>
    public required (int From, int To) Asides { get; init; }

    internal string[] TagNames { get; private init; } = [];

    internal TagSet Tags { get; set; }

    internal bool IsPlain => TypingErrors == 0 && !LowerCase && !SparsePunctuation;

    internal static Persona Read(PackNode node)
    {
        node.Only("name", "share", "tags", "typing_errors", "lower_case", "sparse_punctuation", "asides");
        var asides = node["asides"];
        if (asides.Items.Count != 2)
            throw asides.Error("The range of asides is not two numbers.", "Write for example 'asides: [0, 2]'.");
        var from = asides.Items[0].Integer(0, MostAsides);
        return new Persona
        {
            Name = node["name"].Text,
            Share = node["share"].Integer(1, 10_000),
            TagNames = node["tags"].Texts(),
            TypingErrors = node.Find("typing_errors")?.Integer(0, 500) ?? 0,
            LowerCase = node.Find("lower_case")?.Boolean() ?? false,
            SparsePunctuation = node.Find("sparse_punctuation")?.Boolean() ?? false,
            Asides = (from, asides.Items[1].Integer(from, MostAsides)),
        };
    }
}
