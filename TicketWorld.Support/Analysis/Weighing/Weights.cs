using System.Globalization;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>The learnt weights, and how often what they say is right.</summary>
/// <param name="Model">Its classes are all topics, then all severities, sentiments, and whether it is urgent: no, yes.</param>
internal sealed record Weights(LinearModel Model, Calibrations Calibrations)
{
    /// <summary>Where the classes of severity, sentiment and urgency begin, and how many classes there are.</summary>
    public static int SeverityAt => Names.Topics.Count;

    public static int SentimentAt => SeverityAt + Names.Severities.Count;

    public static int UrgentAt => SentimentAt + Names.Sentiments.Count;

    public static int Classes => UrgentAt + 2;

    /// <summary>The names of the classes, as the file of weights has them: <c>topic_outage</c>.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        .. Names.Topics.Select(name => $"topic_{name}"), .. Names.Severities.Select(name => $"severity_{name}"),
        .. Names.Sentiments.Select(name => $"sentiment_{name}"), "urgent_no", "urgent_yes",
    ];

    public static Weights Read(RuleFiles files)
    {
        var root = files.Read("weights.yaml");
        root.Only("classes", "weights");
        if (!root["classes"].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SequenceEqual(ClassNames))
            throw root["classes"].Error("These are not the classes that the analyser tells apart.", "Learn the weights anew with the training command.");
        var rows = new List<(ulong Key, int Start, int Count)>();
        var entries = new List<LinearModel.Entry>();
        ReadRows(root["weights"], rows, entries);
        return new Weights(LinearModel.Of(rows, entries), Calibrations.Read(files));
    }

    /// <summary>Reads lines such as <c>word refund	V34H-5</c>: a feature, then the letter of a class and its weight, for each that has one.</summary>
    private static void ReadRows(PackNode node, List<(ulong Key, int Start, int Count)> rows, List<LinearModel.Entry> entries)
    {
        var number = 0;
        foreach (var line in node.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsEmpty)
                continue;
            var tab = line.IndexOf('\t');
            var start = entries.Count;
            if (tab < 0 || FeatureList.KeyOf(line[..tab]) is not { } key || !ReadRow(line[(tab + 1)..], entries))
            {
                throw new PackException(
                    node.File, node.Line + number, $"'{line[..Math.Min(40, line.Length)]}' is no line of weights.",
                    "Write 'kind name', a tab, then the letter and weight of each class; the training command makes the file.");
            }

            rows.Add((key, start, entries.Count - start));
        }
    }

    /// <summary>Reads weights such as <c>V34H-5</c>; false if they are none.</summary>
    private static bool ReadRow(ReadOnlySpan<char> text, List<LinearModel.Entry> entries)
    {
        while (text.Length > 0)
        {
            var label = char.IsAsciiLetterUpper(text[0]) ? text[0] - 'A' : char.IsAsciiLetterLower(text[0]) ? text[0] - 'a' + 26 : Classes;
            var end = 1;
            while (end < text.Length && !char.IsAsciiLetter(text[end]))
                end++;
            if (label >= Classes || !short.TryParse(text[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight))
                return false;
            entries.Add(new LinearModel.Entry((byte)label, weight));
            text = text[end..];
        }

        return true;
    }
}

/// <summary>How often answers are right, by what is answered.</summary>
internal sealed record Calibrations(Calibration Topic, Calibration Category, Calibration Severity, Calibration Sentiment)
{
    /// <summary>Takes every probability as it is.</summary>
    public static Calibrations None { get; } = new(Same(), Same(), Same(), Same());

    public static Calibrations Read(RuleFiles files)
    {
        var root = files.Read("calibration.yaml");
        root.Only("topic", "category", "severity", "sentiment");
        return new(Calibration.Read(root["topic"]), Calibration.Read(root["category"]), Calibration.Read(root["severity"]), Calibration.Read(root["sentiment"]));
    }

    private static Calibration Same() => new([0, 1], [0, 1]);
}
