using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using TicketWorld.Support.Caching;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>
/// The cache that processes share, with this process's own in front. A value is kept with its expiry under a digest of name and all, so that
/// one that was cut, altered, moved or put there by somebody else is a miss.
/// </summary>
internal sealed class RedisCache(RedisConnection redis, RedisNames names, InProcessCache front, TimeProvider time) : ISharedCache
{
    private const int DigestLength = 32;
    private const int Head = DigestLength + sizeof(long);

    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(CacheArea area, string key, CancellationToken cancellationToken = default)
    {
        if (front.Find(area, key) is { } known)
            return known;
        var name = names.Of("cache", area.NameOf(key));
        byte[]? found = await redis.AskAsync(db => db.StringGetAsync(name), RedisValue.Null, cancellationToken);
        if (found is null || found.Length > Head + area.MaxBytes || Open(name, found) is not var (content, expiresAt))
            return null;
        front.Keep(area, key, content, expiresAt);
        return content;
    }

    public async ValueTask KeepAsync(CacheArea area, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        var name = names.Of("cache", area.NameOf(key));
        if (value.Length > area.MaxBytes)
            return;
        var expiresAt = time.GetUtcNow() + area.Lifetime;
        front.Keep(area, key, value, expiresAt);
        var closed = Close(name, value.Span, expiresAt);
        await redis.AskAsync(db => db.StringSetAsync(name, closed, area.Lifetime), otherwise: false, cancellationToken);
    }

    private static byte[] Close(string name, ReadOnlySpan<byte> content, DateTimeOffset expiresAt)
    {
        var closed = new byte[Head + content.Length];
        BinaryPrimitives.WriteInt64LittleEndian(closed.AsSpan(DigestLength), expiresAt.ToUnixTimeMilliseconds());
        content.CopyTo(closed.AsSpan(Head));
        DigestOf(name, closed).CopyTo(closed, 0);
        return closed;
    }

    private (ReadOnlyMemory<byte> Content, DateTimeOffset ExpiresAt)? Open(string name, byte[] closed)
    {
        if (closed.Length < Head || !closed.AsSpan(0, DigestLength).SequenceEqual(DigestOf(name, closed)))
            return null;
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(closed.AsSpan(DigestLength)));
        return expiresAt > time.GetUtcNow() ? (closed.AsMemory(Head), expiresAt) : null;
    }

    private static byte[] DigestOf(string name, byte[] closed)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.ASCII.GetBytes(name));
        digest.AppendData([0]);
        digest.AppendData(closed.AsSpan(DigestLength));
        return digest.GetHashAndReset();
    }
}
