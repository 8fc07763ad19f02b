namespace TicketWorld.Support.Caching;

/// <summary>
/// Keeps what is dear to make and the same for everybody. It may forget anything at any time, so every caller can do without: a value that cannot be
/// had, read or kept is a miss and never an error.
/// </summary>
public interface ISharedCache
{
    /// <summary>The value, or null when it is not known.</summary>
    /// <param name="area">What kind of value it is.</param>
    /// <param name="key">1 to 200 visible ASCII characters, such as a digest of what the value was made from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(CacheArea area, string key, CancellationToken cancellationToken = default);

    /// <summary>Keeps the value for the area's lifetime; one that is larger than the area allows is not kept.</summary>
    /// <param name="area">What kind of value it is.</param>
    /// <param name="key">As in <see cref="FindAsync"/>.</param>
    /// <param name="value">Nobody changes it from now on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask KeepAsync(CacheArea area, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default);
}
