using System.Collections.Concurrent;
using TicketWorld.Grains;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults.Access;

namespace TicketWorld.Api.Access;

/// <summary>
/// The keys as this process knows them. What it has looked up counts for <see cref="Freshness"/>, so a key that another process revokes is refused everywhere
/// within that time and the length of a query, and at once where the event of it arrives. That keys are asked for is remembered for good: neither a revoked
/// last key nor a lost file opens a running host.
/// </summary>
internal sealed class KeyDirectory : IAccessGate, IDisposable
{
    /// <summary>How long a look-up counts.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    /// <summary>Ids come from callers; when so many are remembered all are forgotten.</summary>
    private const int Many = 10_000;

    private const string Topic = "access/keys";

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly IApiKeys _keys;
    private readonly InternalKey _internal;
    private readonly LiveEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyDirectory> _log;
    private readonly IDisposable _listening;
    private volatile bool _required;
    private long _lookedAt;
    private bool _looked;

    public KeyDirectory(IApiKeys keys, InternalKey own, LiveEvents events, TimeProvider time, ILogger<KeyDirectory> log)
    {
        (_keys, _internal, _events, _time, _log) = (keys, own, events, time, log);
        _listening = events.Listen(happened =>
        {
            if (happened.Topic == Topic)
                Forget(happened.Payload);
        });
    }

    public bool KeysRequired => _required;

    public string Remedy => "Create a key with 'ticketworld keys create --name NAME --role admin' for the same data folder or database.";

    public async ValueTask<bool> LookAsync(CancellationToken cancellationToken = default)
    {
        if (_required || (Volatile.Read(ref _looked) && _time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < Freshness))
            return _required;
        Interlocked.Exchange(ref _lookedAt, _time.GetTimestamp());
        try
        {
            if (await _keys.AnyAsync(cancellationToken))
                _required = true;
            Volatile.Write(ref _looked, true);
        }
        catch (GrainStoreException exception) when (Volatile.Read(ref _looked))
        {
            // The store that does not answer this answers nothing else either; the request tells so where it needs it.
            _log.LogDebug(exception, "Whether there are API keys cannot be looked up; what was known last counts");
        }
        return _required;
    }

    /// <summary>The key of this id, or null.</summary>
    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_internal.Key is { } own && own.Id == id)
            return own;
        if (_known.TryGetValue(id, out var known) && _time.GetElapsedTime(known.At) < Freshness)
            return known.Key;
        var at = _time.GetTimestamp();
        var found = await _keys.FindAsync(id, cancellationToken);
        if (_known.Count >= Many)
            _known.Clear();
        _known[id] = new(found, at);
        return found;
    }

    /// <summary>Notes that a key is used, at most once an hour in each process; that it cannot be noted fails no request.</summary>
    public async ValueTask NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (key == _internal.Key || key.LastUsedAt >= hour || !_known.TryGetValue(key.Id, out var known) || known.Key != key
            || !_known.TryUpdate(key.Id, known with { Key = key with { LastUsedAt = hour } }, known))
            return;
        try
        {
            await _keys.NoteUseAsync(key.Id, hour, cancellationToken);
        }
        catch (GrainStoreException exception)
        {
            _log.LogWarning(exception, "The use of the key {KeyId} could not be noted", key.Id);
        }
    }

    /// <summary>Tells this process and the others that a key was made or revoked.</summary>
    public void Changed(string id) => _events.Announce(new(Topic, id));

    public void Dispose() => _listening.Dispose();

    private void Forget(string id)
    {
        _known.TryRemove(id, out _);
        Volatile.Write(ref _looked, false);
    }

    private sealed record Known(ApiKey? Key, long At);
}
