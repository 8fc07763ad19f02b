using System.Runtime.CompilerServices;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>
/// Reads <c>weights.yaml</c> line by line, since a YAML reader would take most of a start for it. After comments comes a line of the classes
/// (<c>classes: topic_outage topic_crash_error …</c>), one that says <c>weights: |</c>, and then rows such as <c>word refund	V34H-5</c>: a feature, a tab,
/// and for each class that has a weight its letter and the weight in parts of <see cref="LinearModel.Scale"/>.
/// </summary>
internal static class WeightsFile
{
    private const string Name = "weights.yaml";
    private const string ClassesKey = "classes: ";
    private const string WeightsKey = "weights: |";
    private const int Most = short.MaxValue / 10;

    /// <exception cref="PackException">The file is at fault; names file and line.</exception>
    public static LinearModel Read(RuleFiles files)
    {
        var text = files.ReadText(Name, out var file);
        var rest = text.AsSpan();
        var number = 0;
        ReadOnlySpan<char> line;
        do
        {
            line = Next(ref rest, ref number);
        }
        while (line is ['#', ..]);
        if (!line.StartsWith(ClassesKey, StringComparison.Ordinal) || !line[ClassesKey.Length..].SequenceEqual(string.Join(' ', Weights.ClassNames)))
            throw new PackException(file, number, "The classes are not those that the analyser tells apart.", "Learn the weights anew with the training command.");
        if (!Next(ref rest, ref number).SequenceEqual(WeightsKey))
            throw new PackException(file, number, "The weights do not begin here.", $"Write '{WeightsKey}' after the classes; the training command makes the file.");
        return ReadRows(rest, file, number);
    }

    /// <summary>The letter of a class: A to Z, then a to z.</summary>
    public static char LetterOf(int label) => (char)(label < 26 ? 'A' + label : 'a' + label - 26);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static LinearModel ReadRows(ReadOnlySpan<char> rest, string file, int number)
    {
        var rows = new List<(ulong Key, int Start, int Count)>(1 << 16);
        var entries = new List<LinearModel.Entry>(1 << 20);
        while (!rest.IsEmpty)
        {
            var line = Next(ref rest, ref number).TrimStart(' ');
            if (line.IsEmpty)
                continue;
            var tab = line.IndexOf('\t');
            var start = entries.Count;
            if (tab < 0 || FeatureList.KeyOf(line[..tab]) is not { } key || !ReadRow(line[(tab + 1)..], entries))
            {
                throw new PackException(
                    file, number, $"'{line[..Math.Min(40, line.Length)]}' is no line of weights.",
                    "Write 'kind name', a tab, then the letter and weight of each class; the training command makes the file.");
            }

            rows.Add((key, start, entries.Count - start));
        }

        return LinearModel.Of(rows, entries);
    }

    /// <summary>Reads weights such as <c>V34H-5</c>; false if they are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ReadRow(ReadOnlySpan<char> text, List<LinearModel.Entry> entries)
    {
        for (var at = 0; at < text.Length;)
        {
            var label = text[at] is >= 'A' and <= 'Z' ? text[at] - 'A' : text[at] is >= 'a' and <= 'z' ? text[at] - 'a' + 26 : Weights.Classes;
            at++;
            var negative = at < text.Length && text[at] == '-';
            at += negative ? 1 : 0;
            var weight = 0;
            var first = at;
            for (; at < text.Length && text[at] is >= '0' and <= '9' && weight < Most; at++)
                weight = weight * 10 + text[at] - '0';
            if (label >= Weights.Classes || at == first)
                return false;
            entries.Add(new LinearModel.Entry((byte)label, (short)(negative ? -weight : weight)));
        }

        return true;
    }

    private static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> rest, scoped ref int number)
    {
        number++;
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line.TrimEnd('\r');
    }
}
