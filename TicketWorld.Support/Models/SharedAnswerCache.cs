using System.Text.Json;
using TicketWorld.Support.Caching;

namespace TicketWorld.Support.Models;

/// <summary>Answers of models in the cache that hosts share.</summary>
internal sealed class SharedAnswerCache(ISharedCache cache) : AnswerCache
{
    public override async ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken) =>
        await cache.FindAsync(CacheArea.ModelAnswers, key, cancellationToken).ConfigureAwait(false) is { } json ? Read(json.Span, key) : null;

    public override ValueTask KeepAsync(CachedAnswer answer, CancellationToken cancellationToken) =>
        cache.KeepAsync(CacheArea.ModelAnswers, answer.Key, JsonSerializer.SerializeToUtf8Bytes(answer), cancellationToken);
}
