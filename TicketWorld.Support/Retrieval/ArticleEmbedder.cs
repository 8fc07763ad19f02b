using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Retrieval;

/// <summary>An article with its vector: of length 1, or empty when the text gives none.</summary>
public readonly record struct EmbeddedArticle(Article Article, ReadOnlyMemory<float> Vector);

/// <summary>Makes the vectors of an index with one embedder, whose name the index keeps.</summary>
public sealed class ArticleEmbedder
{
    /// <summary>How many texts are handed to the embedder at a time.</summary>
    private const int Group = 256;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;

    /// <exception cref="ArgumentException">The generator does not tell its model and dimensions.</exception>
    public ArticleEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        if (generator.GetService(typeof(EmbeddingGeneratorMetadata)) is not EmbeddingGeneratorMetadata { DefaultModelId: { Length: > 0 } model, DefaultModelDimensions: { } dimensions })
            throw new ArgumentException("The embedder does not tell the name and the dimensions of its model, by which an index knows its vectors. Give it EmbeddingGeneratorMetadata with both.", nameof(generator));
        Dimensions = dimensions;
        Name = string.Create(CultureInfo.InvariantCulture, $"{model}/{dimensions} {Words.Version}");
    }

    /// <summary>Model, dimensions and the version of <see cref="Words"/>. An index of another name is made again from its articles.</summary>
    public string Name { get; }

    public int Dimensions { get; }

    /// <summary>The articles with their vectors, in their order.</summary>
    public async Task<IReadOnlyList<EmbeddedArticle>> EmbedAsync(IReadOnlyList<Article> articles, CancellationToken cancellationToken = default)
    {
        var result = new List<EmbeddedArticle>(articles.Count);
        foreach (var group in articles.Chunk(Group))
        {
            var vectors = await _generator.GenerateAsync(group.Select(a => $"{a.Title}\n{a.Body}"), cancellationToken: cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < group.Length; i++)
                result.Add(new(group[i], Normal(vectors[i].Vector)));
        }

        return result;
    }

    /// <summary>The vector of a query; empty when its text gives none.</summary>
    public async Task<ReadOnlyMemory<float>> EmbedAsync(string text, CancellationToken cancellationToken = default)
    {
        var vectors = await _generator.GenerateAsync([text], cancellationToken: cancellationToken).ConfigureAwait(false);
        return Normal(vectors[0].Vector);
    }

    private ReadOnlyMemory<float> Normal(ReadOnlyMemory<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new InvalidOperationException($"The embedder {Name} gave a vector of {vector.Length} dimensions. Configure the dimensions that its model has.");
        var length = TensorPrimitives.Norm(vector.Span);
        if (!(length > 0) || !float.IsFinite(length))
            return default;
        var normal = new float[Dimensions];
        TensorPrimitives.Divide(vector.Span, length, normal);
        return normal;
    }
}
