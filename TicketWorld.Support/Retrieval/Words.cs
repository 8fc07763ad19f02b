using System.Buffers;
using System.Globalization;
using System.Text;

namespace TicketWorld.Support.Retrieval;

/// <summary>
/// The words of a text as every index counts them: lower case, English endings taken off, common words left out. A word is a run of letters, digits and
/// marks; an apostrophe within it is passed over. A Chinese or Japanese character is a word by itself, and so is a symbol such as an emoji.
/// </summary>
public static class Words
{
    /// <summary>Changes when a text may give other words than before; indexes that were made with another version are made again.</summary>
    public const string Version = "words-1";

    /// <summary>Longer words are cut to this many characters.</summary>
    private const int Longest = 64;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly HashSet<string> Common = ReadCommon();

    /// <summary>The words in the order of the text.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind == RuneKind.Part)
            {
                if (word.Length < Longest)
                    word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }

            if (kind == RuneKind.Passed && word.Length > 0)
                continue;
            if (Take(word) is { } ended)
                yield return ended;
            if (kind == RuneKind.Alone)
                yield return rune.ToString();
        }

        if (Take(word) is { } last)
            yield return last;
    }

    private static string? Take(StringBuilder word)
    {
        if (word.Length == 0)
            return null;
        var text = word.ToString();
        word.Clear();
        return Common.Contains(text) ? null : Stem(text);
    }

    private static RuneKind KindOf(Rune rune)
    {
        if (rune.Value is '\'' or 0x2019)
            return RuneKind.Passed;
        if (rune.Value is (>= 0x3040 and <= 0x30ff) or (>= 0x3400 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x3ffff))
            return RuneKind.Alone;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber =>
                    rune.Value is >= 0xfe00 and <= 0xfe0f ? RuneKind.Passed : RuneKind.Part,
            UnicodeCategory.OtherSymbol => RuneKind.Alone,
            _ => RuneKind.Between,
        };
    }

    /// <summary>Takes plural, -ing, -ed and a last e off, so that charge, charges, charging and charged are one word.</summary>
    private static string Stem(string word)
    {
        if (word.Length < 4 || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            return word;
        var stem = Singular(word);
        if (stem.Length > 5 && stem.EndsWith("ing", StringComparison.Ordinal) && HasVowel(stem.AsSpan(0, stem.Length - 3)))
            stem = Single(stem[..^3]);
        else if (stem.Length > 4 && stem.EndsWith("ed", StringComparison.Ordinal) && HasVowel(stem.AsSpan(0, stem.Length - 2)))
            stem = Single(stem[..^2]);
        return stem.Length > 4 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string Singular(string word) => word switch
    {
        _ when word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c' or 's', 'h', 'e', 's'] => word[..^2],
        [.., 's' or 'u' or 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    private static bool HasVowel(ReadOnlySpan<char> stem) => stem.ContainsAny(Vowels);

    /// <summary>shipp → ship, but not install or press.</summary>
    private static string Single(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(Words).Assembly.GetManifestResourceStream("retrieval/common_words.txt")!);
        return [.. reader.ReadToEnd().Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];
    }

    private enum RuneKind
    {
        Between,
        Part,
        Passed,
        Alone,
    }
}
