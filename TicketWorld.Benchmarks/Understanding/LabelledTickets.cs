using System.Text.Json;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>The labelled messages of this folder.</summary>
internal static class LabelledTickets
{
    /// <summary>The part that is only measured: nothing may be learnt from it.</summary>
    public const string Measured = "measured";

    /// <summary>The published examples and further cases; no writer's own.</summary>
    public const string Fixtures = "fixtures";

    private const string Folder = "labelled/";

    private static readonly CategoryMap Categories = new(new RuleFiles());

    /// <summary>What stands in a file of its own form, not in one of short messages.</summary>
    private const string Phrases = "phrases";

    /// <summary>Names of the parts whose messages are as long as real ones, in order.</summary>
    public static IReadOnlyList<string> Parts { get; } = NamesOf(".jsonl");

    /// <summary>Names of the parts of short messages, in order.</summary>
    public static IReadOnlyList<string> ShortParts { get; } = [.. NamesOf(".txt").Where(name => name != Phrases)];

    /// <summary>Names of the parts that one writer each wrote and that are learnt from.</summary>
    public static IReadOnlyList<string> Written { get; } = [.. Parts.Where(part => part is not (Fixtures or Measured))];

    /// <summary>Reads a part.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it by its number alone.</exception>
    public static List<LabelledTicket> Read(string part)
    {
        using var reader = Open($"{part}.jsonl");
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

    /// <summary>Reads a part of short messages: topic, severity, sentiment, urgent, language, then the text; <c>||</c> ends a subject.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static List<LabelledTicket> ReadShort(string part)
    {
        using var reader = Open($"{part}.txt");
        var tickets = new List<LabelledTicket>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0 && line[0] != '#')
                tickets.Add(ShortTicket(line, part, number));
        }

        return tickets;
    }

    /// <summary>Reads the phrases that weights of topics are learnt from: topic, language, then phrases with semicolons between.</summary>
    public static List<(string Topic, TicketText Text)> ReadPhrases()
    {
        using var reader = Open($"{Phrases}.txt");
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

    private static LabelledTicket ShortTicket(string line, string part, int number)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || line[..bar].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var topic, var severity, var sentiment, var urgent, var language])
            throw new FormatException($"{part}.txt:{number}: a line is 'topic severity sentiment urgent language | text'.");
        var text = line[(bar + 1)..].Trim();
        var cut = text.IndexOf("||", StringComparison.Ordinal);
        if (!Names.Topics.Contains(topic))
            throw new FormatException($"{part}.txt:{number}: '{topic}' is no topic.");
        var category = Names.Categories[(int)Categories.Of(Enum.GetValues<Topic>()[Names.Topics.ToList().IndexOf(topic)])];
        var grave = severity switch { "c" => "critical", "h" => "high", "m" => "medium", "l" => "low", _ => throw new FormatException($"{part}.txt:{number}: '{severity}' is no severity (c, h, m, l).") };
        return new LabelledTicket
        {
            Id = $"{part}-{number}",
            Subject = cut < 0 ? "" : text[..cut].Trim(),
            Body = cut < 0 ? text : text[(cut + 2)..].Trim(),
            Topic = topic,
            Category = category,
            Severity = grave,
            Sentiment = sentiment switch { "a" => "angry", "n" => "negative", "0" => "neutral", "+" => "positive", _ => throw new FormatException($"{part}.txt:{number}: '{sentiment}' is no sentiment (a, n, 0, +).") },
            Urgent = urgent == "u",
            Language = language,
            Team = UnderstandingReport.Team(grave, category),
        };
    }

    private static IReadOnlyList<string> NamesOf(string extension) =>
    [
        .. typeof(LabelledTickets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    private static StreamReader Open(string name) =>
        typeof(LabelledTickets).Assembly.GetManifestResourceStream(Folder + name) is { } stream
            ? new StreamReader(stream)
            : throw new ArgumentException($"There is no labelled file '{name}'. There are {string.Join(", ", Parts.Concat(ShortParts))}.", nameof(name));
}
