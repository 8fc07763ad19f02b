using System.Text.Json;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Rules;

/// <summary>The values of enumerations as rule files and answers write them: <c>feature_request</c>.</summary>
public static class RuleWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.Names[value];

    /// <summary>The value that a word names, or null.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum => Words<T>.Values.TryGetValue(word, out var value) ? value : null;

    /// <summary>All words, in the order of the values.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Words<T>.Values.Keys;

    /// <exception cref="PackException">The node holds no word of the enumeration.</exception>
    internal static T Read<T>(PackNode node)
        where T : struct, Enum =>
        Find<T>(node.Text) ?? throw node.Error($"'{node.Text}' is unknown here.", $"Use one of {string.Join(", ", All<T>())}.");

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> Names =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly IReadOnlyDictionary<string, T> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
