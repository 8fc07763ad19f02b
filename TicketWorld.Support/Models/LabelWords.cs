using System.Text.Json;

namespace TicketWorld.Support.Models;

/// <summary>The words that a model uses for the values of an enumeration: snake_case.</summary>
internal static class LabelWords<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>All words, in the order of the values.</summary>
    public static string[] All { get; } = [.. Enum.GetValues<T>().Select(Word)];

    public static string Word(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word that a schema let through.</summary>
    public static T Value(JsonElement word) => Values[word.GetString()!];
}
