namespace TicketWorld.Support.Caching;

/// <summary>A kind of cached value. A change of its form raises the version, so that processes of two versions never read each other's values.</summary>
/// <param name="Name">Lower-case letters.</param>
/// <param name="Version">Of the form of its values.</param>
/// <param name="Lifetime">How long a value is kept.</param>
/// <param name="MaxBytes">The largest value that is kept.</param>
public sealed record CacheArea(string Name, int Version, TimeSpan Lifetime, int MaxBytes)
{
    /// <summary>Answers of language models, as JSON.</summary>
    public static readonly CacheArea ModelAnswers = new("answers", 1, TimeSpan.FromDays(30), 256 * 1024);

    /// <summary>Embeddings: little-endian 32-bit floats.</summary>
    public static readonly CacheArea Embeddings = new("embeddings", 1, TimeSpan.FromDays(90), 64 * 1024);

    /// <summary>The full name of a value of this area.</summary>
    /// <exception cref="ArgumentException">The key is not of the form that <see cref="ISharedCache.FindAsync"/> asks for.</exception>
    public string NameOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is 0 or > 200 || key.Any(c => c is <= ' ' or > '~'))
            throw new ArgumentException("A key of the cache has 1 to 200 visible ASCII characters. Use a digest of what the value was made from.", nameof(key));
        return $"{Name}:v{Version}:{key}";
    }
}
