using System.Text.Json;
using TicketWorld.Support.Analysis;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>The labelled messages of this folder.</summary>
internal static class LabelledTickets
{
    /// <summary>Names of the parts.</summary>
    public static IReadOnlyList<string> Parts { get; } = [
        "development", "fixtures", "measured", "training-shops", "training-software", "training-money", "training-services", "training-travel", "training-industry", "training-home",
        "training-trade", "training-public", "training-apps", "training-inbox",
    ];

    /// <summary>Names of the parts that one writer each wrote and that are learnt from.</summary>
    public static IReadOnlyList<string> Written { get; } = [.. Parts.Where(part => part is not ("fixtures" or "measured"))];

    /// <summary>Reads a part.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it by its number alone.</exception>
    public static List<LabelledTicket> Read(string part) => ReadLines(Open($"{part}.jsonl"));

    /// <summary>Reads the short messages that weights are learnt from: topic, severity, sentiment, urgent, language, then the text; <c>||</c> ends a subject.</summary>
    /// <param name="file">A file instead of <c>training.txt</c>; null for that.</param>
    public static List<LabelledTicket> ReadTraining(string? file)
    {
        using var reader = file is null ? new StreamReader(Open("training.txt")) : new StreamReader(file);
        var tickets = new List<LabelledTicket>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            if (bar < 0 || line[..bar].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var topic, var severity, var sentiment, var urgent, var language])
                throw new FormatException($"training.txt:{number}: a line is 'topic severity sentiment urgent language | text'.");
            var text = line[(bar + 1)..].Trim();
            var cut = text.IndexOf("||", StringComparison.Ordinal);
            tickets.Add(new LabelledTicket
            {
                Id = $"t-{number}",
                Subject = cut < 0 ? "" : text[..cut].Trim(),
                Body = cut < 0 ? text : text[(cut + 2)..].Trim(),
                Topic = topic,
                Category = "",
                Severity = severity switch { "c" => "critical", "h" => "high", "m" => "medium", "l" => "low", _ => throw new FormatException($"training.txt:{number}: '{severity}' is no severity (c, h, m, l).") },
                Sentiment = sentiment switch { "a" => "angry", "n" => "negative", "0" => "neutral", "+" => "positive", _ => throw new FormatException($"training.txt:{number}: '{sentiment}' is no sentiment (a, n, 0, +).") },
                Urgent = urgent == "u",
                Language = language,
                Team = "",
            });
        }

        return tickets;
    }

    /// <summary>Reads the phrases that weights of topics are learnt from: topic, language, then phrases with semicolons between.</summary>
    public static List<(string Topic, TicketText Text)> ReadPhrases()
    {
        using var reader = new StreamReader(Open("phrases.txt"));
        var phrases = new List<(string, TicketText)>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.Split('|') is not [var head, var texts] || head.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var topic, _])
                throw new FormatException($"phrases.txt:{number}: a line is 'topic language | phrase; phrase'.");
            phrases.AddRange(texts.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => (topic, new TicketText("", text))));
        }

        return phrases;
    }

    private static List<LabelledTicket> ReadLines(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var tickets = new List<LabelledTicket>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            try
            {
                tickets.Add(JsonSerializer.Deserialize<LabelledTicket>(line) ?? throw new FormatException($"Line {number} is null."));
            }
            catch (JsonException e)
            {
                throw new FormatException($"Line {number} is no labelled ticket.", e);
            }
        }

        return tickets;
    }

    private static Stream Open(string name) =>
        typeof(LabelledTickets).Assembly.GetManifestResourceStream($"labelled/{name}")
        ?? throw new ArgumentException($"There is no labelled part '{name}'. There are {string.Join(", ", Parts)}.", nameof(name));
}
