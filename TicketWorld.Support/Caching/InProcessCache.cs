namespace TicketWorld.Support.Caching;

/// <summary>The cache of one process: at most so many bytes, of which those that were used longest ago go first.</summary>
/// <param name="maxBytes">Of keys, values and what it takes to hold them.</param>
public sealed class InProcessCache(long maxBytes, TimeProvider time) : ISharedCache
{
    /// <summary>What an entry takes beside its key and value, roughly.</summary>
    private const int Overhead = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _latest = new();
    private long _bytes;

    /// <summary>How many values there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(CacheArea area, string key, CancellationToken cancellationToken = default) => ValueTask.FromResult(Find(area, key));

    public ValueTask KeepAsync(CacheArea area, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        Keep(area, key, value, time.GetUtcNow() + area.Lifetime);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="ISharedCache.FindAsync"/>
    public ReadOnlyMemory<byte>? Find(CacheArea area, string key)
    {
        var name = area.NameOf(key);
        lock (_gate)
        {
            if (!_entries.TryGetValue(name, out var node))
                return null;
            if (node.Value.ExpiresAt <= time.GetUtcNow())
            {
                Remove(node);
                return null;
            }

            _latest.Remove(node);
            _latest.AddFirst(node);
            return node.Value.Content;
        }
    }

    /// <summary>Keeps the value until a moment that was decided elsewhere.</summary>
    public void Keep(CacheArea area, string key, ReadOnlyMemory<byte> value, DateTimeOffset expiresAt)
    {
        var name = area.NameOf(key);
        var entry = new Entry(name, value, expiresAt);
        if (value.Length > area.MaxBytes || entry.Bytes > maxBytes)
            return;
        lock (_gate)
        {
            if (_entries.TryGetValue(name, out var old))
                Remove(old);
            _entries.Add(name, _latest.AddFirst(entry));
            _bytes += entry.Bytes;
            while (_bytes > maxBytes)
                Remove(_latest.Last!);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _latest.Remove(node);
        _entries.Remove(node.Value.Name);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(string Name, ReadOnlyMemory<byte> Content, DateTimeOffset ExpiresAt)
    {
        public long Bytes => Overhead + 2L * Name.Length + Content.Length;
    }
}
