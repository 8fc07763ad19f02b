using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Retrieval;

/// <summary>
/// Vectors without a model: words, pairs of neighbouring words, and the pieces of 3 to 5 characters of each word are hashed into 384 dimensions with
/// a sign each, so that what falls together cancels out rather than adds up. Texts that share words, or spell them almost alike, are close. The
/// same text gives the same vector everywhere; its length is 1, or 0 for a text without a word.
/// </summary>
public sealed class HashedEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimensions = 384;
    private const double PairWeight = 0.4;
    private const double PieceWeight = 1.2;

    private static readonly EmbeddingGeneratorMetadata Metadata = new("ticketworld", null, "hashed-ngrams-1", Dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(new Embedding<float>(Embed(text)) { ModelId = Metadata.DefaultModelId });
        }

        return Task.FromResult(result);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private static float[] Embed(string text)
    {
        // A word that is said often counts more, but not in proportion: 1 + ln n.
        var counts = new Dictionary<(string First, string Second), int>();
        var before = "";
        foreach (var word in Words.Of(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (word, ""), out _)++;
            if (before.Length > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (before, word), out _)++;
            before = word;
        }

        var sums = new double[Dimensions];
        foreach (var ((first, second), count) in counts)
        {
            var weight = 1 + Math.Log(count);
            if (second.Length > 0)
            {
                Add(sums, Hash(Hash(Hash(Seed, first), " "), second), PairWeight * weight);
                continue;
            }

            Add(sums, Hash(Seed, first), weight);
            AddPieces(sums, first, PieceWeight * weight);
        }

        var length = Math.Sqrt(sums.Sum(x => x * x));
        return length == 0 ? new float[Dimensions] : Array.ConvertAll(sums, x => (float)(x / length));
    }

    /// <summary>The pieces of a word together weigh what is given, however many they are.</summary>
    private static void AddPieces(double[] sums, string word, double weight)
    {
        var marked = $"^{word}$";
        var pieces = 0;
        for (var length = 3; length <= 5; length++)
            pieces += Math.Max(0, marked.Length - length + 1);
        if (pieces == 0)
            return;
        var each = weight / Math.Sqrt(pieces);
        for (var length = 3; length <= 5; length++)
        {
            for (var start = 0; start + length <= marked.Length; start++)
                Add(sums, Hash(PieceSeed, marked.AsSpan(start, length)), each);
        }
    }

    private static void Add(double[] sums, ulong hash, double weight)
    {
        // The high bits of a multiplicative hash are the mixed ones.
        hash ^= hash >> 32;
        hash *= 0x9e3779b97f4a7c15;
        sums[(hash >> 33) % Dimensions] += (hash & (1UL << 32)) == 0 ? weight : -weight;
    }

    private const ulong Seed = 0xcbf29ce484222325;
    private const ulong PieceSeed = 0x84222325cbf29ce4;

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    private static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            hash = (hash ^ c) * 0x100000001b3;
        return hash;
    }
}
