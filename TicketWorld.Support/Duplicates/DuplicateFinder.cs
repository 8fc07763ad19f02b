using System.Globalization;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Duplicates;

/// <summary>The open ticket that a new one repeats.</summary>
/// <param name="TicketId">The earlier ticket.</param>
/// <param name="Similarity">0 to 1.</param>
public sealed record DuplicateMatch(string TicketId, double Similarity);

/// <summary>Compares tickets by <c>duplicates.yaml</c>.</summary>
public sealed class DuplicateFinder
{
    private readonly double _subject;
    private readonly double _body;
    private readonly double _threshold;

    /// <exception cref="PackException">The rules cannot be used; names file and line.</exception>
    public DuplicateFinder(RuleFiles files)
    {
        var root = files.Read("duplicates.yaml");
        root.Only("subject_weight", "body_weight", "threshold", "compared");
        _subject = Share(root["subject_weight"]);
        _body = Share(root["body_weight"]);
        _threshold = Share(root["threshold"]);
        if (Math.Abs(_subject + _body - 1) > 1e-9)
            throw root["body_weight"].Error("subject_weight and body_weight do not add up to 1.", "Write for example 0.7 and 0.3.");
        if (_threshold <= 0)
            throw root["threshold"].Error("With a threshold of 0 every two tickets are duplicates.", "Write a number above 0, such as 0.8.");
        Compared = root["compared"].Integer(1, 200);
    }

    /// <summary>How many of a customer's newest open tickets a new one is compared with.</summary>
    public int Compared { get; }

    /// <summary>The most similar of the earlier tickets that is similar enough, the earliest of equals; null when none is.</summary>
    public DuplicateMatch? Find(TicketFingerprint ticket, IEnumerable<TicketFingerprint> earlier)
    {
        DuplicateMatch? best = null;
        foreach (var other in earlier)
        {
            var similarity = ticket.SimilarityTo(other, _subject, _body);
            if (similarity >= _threshold - 1e-9 && similarity > (best?.Similarity ?? 0))
                best = new(other.TicketId, Math.Round(similarity, 4));
        }

        return best;
    }

    private static double Share(PackNode node) =>
        double.TryParse(node.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw node.Error($"'{node.Text}' is not a number from 0 to 1.", "Write for example 0.8.");
}
