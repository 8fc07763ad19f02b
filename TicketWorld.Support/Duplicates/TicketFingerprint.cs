using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;

namespace TicketWorld.Support.Duplicates;

// Words are kept as 32-bit hashes, and of a text only the MostWords smallest. Of two such sketches the share of the MostWords smallest of both
// together that stand in both estimates the share of common words of the texts (Broder 1997, bottom-k sketches); of texts with fewer words it is exact.

/// <summary>What a ticket is compared by: small, however long the ticket is.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Subject">The sketch of the subject's words, in Base64.</param>
/// <param name="Body">The sketch of the body's words, in Base64.</param>
/// <param name="Numbers">The orders, payments, accounts and error codes that it names, as <c>field:value</c>, in order; without a field, an order.</param>
public sealed record TicketFingerprint(string TicketId, string Subject, string Body, [property: JsonPropertyName("orders")] IReadOnlyList<string> Numbers)
{
    /// <summary>The fields that tell two tickets apart.</summary>
    private static readonly string[] Telling = [FieldNames.OrderId, FieldNames.TransactionId, FieldNames.AccountId, FieldNames.ErrorCode];

    private const int MostWords = 128;
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <param name="ticketId">The ticket.</param>
    /// <param name="text">Its text.</param>
    /// <param name="fields">The fields that were found in it.</param>
    public static TicketFingerprint Of(string ticketId, TicketText text, IEnumerable<ExtractedField> fields) => new(
        ticketId, Written(SketchOf(text.Subject)), Written(SketchOf(text.Body)),
        [
            .. fields.Where(field => Telling.Contains(field.Name, StringComparer.Ordinal))
                .SelectMany(field => field.Values.Select(value => $"{field.Name}:{value.Value}")).Order(StringComparer.Ordinal),
        ]);

    /// <summary>A short text that texts with the same subject words share, and texts with many common subject words often do.</summary>
    public static string BucketOf(TicketText text) =>
        (SketchOf(text.Subject) is [var first, ..] ? first : 0).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The share of common words in subjects and bodies, weighted; 0 where both name orders that differ, or payments, accounts or error codes.</summary>
    public double SimilarityTo(TicketFingerprint other, double subjectWeight, double bodyWeight)
    {
        foreach (var field in Telling)
        {
            List<string> own = [.. NumbersOf(field)], others = [.. other.NumbersOf(field)];
            if (own.Count > 0 && others.Count > 0 && !own.SequenceEqual(others, StringComparer.Ordinal))
                return 0;
        }

        return subjectWeight * Common(Read(Subject), Read(other.Subject)) + bodyWeight * Common(Read(Body), Read(other.Body));
    }

    private IEnumerable<string> NumbersOf(string field) => Numbers.Where(number => field == FieldNames.OrderId && !number.Contains(':', StringComparison.Ordinal)
        || number.StartsWith(field, StringComparison.Ordinal) && number.Length > field.Length && number[field.Length] == ':');

    private static double Common(uint[] one, uint[] other)
    {
        if (one.Length == 0 && other.Length == 0)
            return 1;
        int i = 0, j = 0, all = 0, common = 0;
        while ((i < one.Length || j < other.Length) && all < MostWords)
        {
            all++;
            if (j == other.Length || (i < one.Length && one[i] < other[j]))
            {
                i++;
            }
            else if (i == one.Length || other[j] < one[i])
            {
                j++;
            }
            else
            {
                common++;
                i++;
                j++;
            }
        }

        return (double)common / all;
    }

    /// <summary>The smallest hashes of the text's words, in order, each once.</summary>
    private static uint[] SketchOf(string text)
    {
        var words = new HashSet<uint>();
        var hash = FnvOffset;
        var within = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                hash = (hash ^ (uint)Rune.ToLowerInvariant(rune).Value) * FnvPrime;
                within = true;
            }
            else if (within && rune.Value is not ('\'' or 0x2019))
            {
                words.Add(hash);
                hash = FnvOffset;
                within = false;
            }
        }

        if (within)
            words.Add(hash);
        uint[] sketch = [.. words];
        Array.Sort(sketch);
        return sketch.Length > MostWords ? sketch[..MostWords] : sketch;
    }

    private static string Written(uint[] sketch)
    {
        var bytes = new byte[sketch.Length * sizeof(uint)];
        for (var i = 0; i < sketch.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), sketch[i]);
        return Convert.ToBase64String(bytes);
    }

    private static uint[] Read(string written)
    {
        var bytes = Convert.FromBase64String(written);
        var sketch = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < sketch.Length; i++)
            sketch[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        return sketch;
    }
}
