using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis;

/// <summary>Names of enumeration values as files and answers write them: <c>DoubleCharge</c> is <c>double_charge</c>.</summary>
internal static class Names
{
    public static IReadOnlyList<string> Topics { get; } = [.. Enum.GetNames<Topic>().Select(Snake)];

    public static IReadOnlyList<string> Severities { get; } = [.. Enum.GetNames<Severity>().Select(Snake)];

    public static IReadOnlyList<string> Sentiments { get; } = [.. Enum.GetNames<Sentiment>().Select(Snake)];

    public static IReadOnlyList<string> States { get; } = [.. Enum.GetNames<TicketState>().Select(Snake)];

    public static IReadOnlyList<string> Categories { get; } = [.. Enum.GetNames<Category>().Select(Snake)];

    /// <summary>The value of a name in a rule file.</summary>
    public static int Index(IReadOnlyList<string> names, string name, PackNode node)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        throw node.Error($"'{name}' is unknown here.", $"Use one of {string.Join(", ", names)}.");
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
