using System.Globalization;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Export;

/// <summary>How an export lays out its files.</summary>
public enum ExportLayout
{
    /// <summary>JSON Lines and the records as they are.</summary>
    Plain,

    /// <summary>A folder to upload to a hub of data sets: <c>data/*.jsonl</c> with a card.</summary>
    HuggingFace,

    /// <summary>Flat tables, RFC 4180.</summary>
    Csv,
}

/// <summary>A part of the tickets.</summary>
/// <param name="Percent">Its target share.</param>
public sealed record Split(string Name, int Percent)
{
    /// <summary>Reads shares such as 80/10/10 (train, dev, test) or 80/20 (train, test).</summary>
    /// <exception cref="WorldException">They are not shares that make 100.</exception>
    public static IReadOnlyList<Split> Parse(string text)
    {
        var parts = text.Split('/');
        var shares = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share > 0 ? share : 0).ToArray();
        if (shares.Length is not (2 or 3) || shares.Contains(0) || shares.Sum() != 100)
            throw new WorldException("invalid_option", $"'{text}' is no split.", "Write two or three whole shares that make 100: 80/10/10 for train, dev and test, 80/20 for train and test.", "split", text);
        string[] names = shares.Length == 3 ? ["train", "dev", "test"] : ["train", "test"];
        return [.. names.Zip(shares, (name, share) => new Split(name, share))];
    }
}

/// <summary>What to export.</summary>
/// <param name="Splits">The parts; one for all tickets when the set is not split.</param>
/// <param name="EvaluationView">Whether the public files hold messages and records only, the answers standing in a private file.</param>
public sealed record ExportOptions(ExportLayout Layout, IReadOnlyList<Split> Splits, bool EvaluationView, bool Gzip)
{
    /// <summary>One part with every ticket.</summary>
    public static IReadOnlyList<Split> Whole(ExportLayout layout, bool evaluationView) =>
        [new Split(evaluationView ? "test" : layout == ExportLayout.HuggingFace ? "train" : "tickets", 100)];
}

/// <summary>A file of an export.</summary>
/// <param name="Path">Path within the public folder, with forward slashes.</param>
/// <param name="Schema">Name of the JSON Schema of what it holds (of each line, for JSON Lines), or null.</param>
public sealed record ExportedFile(string Path, long Size, string Sha256, string? Schema);

/// <summary>A part as it came out.</summary>
public sealed record ExportedSplit(string Name, int Percent, int Tickets, double Share, int Customers);

/// <summary>What an export wrote.</summary>
/// <param name="Folder">The public folder.</param>
/// <param name="Answers">The private file of answers, or null.</param>
/// <param name="WeakSeed">Whether somebody who tries seeds can make the answers again: the seed is a decimal number.</param>
public sealed record ExportResult(string Folder, string Manifest, string? Answers, IReadOnlyList<ExportedSplit> Splits, IReadOnlyList<ExportedFile> Files, bool WeakSeed);
