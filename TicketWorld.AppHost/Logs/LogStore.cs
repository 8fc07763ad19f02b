using System.Collections.Immutable;
using System.Threading.Channels;

namespace TicketWorld.AppHost.Logs;

/// <summary>Who wrote a line.</summary>
public enum LogOrigin
{
    /// <summary>The process, on standard output.</summary>
    Output,

    /// <summary>The process, on standard error.</summary>
    Error,

    /// <summary>The AppHost, about the process.</summary>
    AppHost,
}

/// <summary>One line of a resource's log.</summary>
/// <param name="Sequence">Rises by one from line to line over all resources.</param>
/// <param name="Time">When the AppHost received it.</param>
/// <param name="Resource">The process's name.</param>
/// <param name="Origin">Who wrote it.</param>
/// <param name="Level">trace, debug, info, warning, error or critical, as far as the line shows it.</param>
/// <param name="Text">The line, cut to <see cref="LogStore.MaxLineLength"/> characters.</param>
internal sealed record LogLine(long Sequence, DateTimeOffset Time, string Resource, LogOrigin Origin, string Level, string Text);

/// <summary>
/// The last lines of all resources, and every new one for those who follow. A follower that cannot keep up loses its
/// oldest waiting lines; it never slows the resources down.
/// </summary>
internal sealed class LogStore(TimeProvider time)
{
    public const int MaxLineLength = 8_000;
    public const int Capacity = 5_000;
    private const int FollowerCapacity = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private ImmutableList<Channel<LogLine>> _followers = [];
    private long _sequence;
    private bool _closed;

    public void Add(string resource, LogOrigin origin, string text)
    {
        var cut = text.Length <= MaxLineLength ? text : text[..MaxLineLength] + "…";
        lock (_gate)
        {
            var line = new LogLine(++_sequence, time.GetUtcNow(), resource, origin, LevelOf(cut, origin), cut);
            _lines.Enqueue(line);
            if (_lines.Count > Capacity)
                _lines.Dequeue();
            foreach (var follower in _followers)
                follower.Writer.TryWrite(line);
        }
    }

    /// <summary>The last <paramref name="count"/> lines, the oldest first, of one resource or of all.</summary>
    public IReadOnlyList<LogLine> Tail(string? resource, int count)
    {
        lock (_gate)
            return [.. _lines.Where(line => resource is null || line.Resource == resource).TakeLast(count)];
    }

    /// <summary>The lines after a sequence number that are still kept, then every new one until cancelled.</summary>
    public async IAsyncEnumerable<LogLine> FollowAsync(
        string? resource, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(FollowerCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        LogLine[] kept;
        lock (_gate)
        {
            kept = [.. _lines.Where(line => line.Sequence > after)];
            _followers = _followers.Add(channel);
            if (_closed)
                channel.Writer.TryComplete();
        }
        try
        {
            foreach (var line in kept.Where(line => resource is null || line.Resource == resource))
                yield return line;
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
            {
                if (resource is null || line.Resource == resource)
                    yield return line;
            }
        }
        finally
        {
            lock (_gate)
                _followers = _followers.Remove(channel);
        }
    }

    /// <summary>Ends all followers once they have read what is there.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var follower in _followers)
                follower.Writer.TryComplete();
        }
    }

    /// <summary>
    /// Reads the level from either of the two log formats of our hosts, or from PostgreSQL's; other lines are info, or error on
    /// standard error.
    /// </summary>
    internal static string LevelOf(string text, LogOrigin origin)
    {
        foreach (var level in Levels)
        {
            if (text.StartsWith('{') ? text.Contains($"\"level\":\"{level}\"", StringComparison.Ordinal) : HasLevelWord(text, level))
                return level;
        }
        foreach (var (word, level) in ServerWords)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
                return level;
        }
        return origin == LogOrigin.Error ? "error" : "info";
    }

    // An ERROR of PostgreSQL ends one statement of a client, who says so himself if it matters.
    private static readonly (string Word, string Level)[] ServerWords =
        [("WARNING:", "warning"), ("ERROR:", "warning"), ("FATAL:", "error"), ("PANIC:", "critical"), ("DEBUG", "debug")];

    private static readonly string[] Levels = ["trace", "debug", "info", "warning", "error", "critical"];

    // The text format begins with a time of 24 characters and a space.
    private static bool HasLevelWord(string text, string level) =>
        text.Length > 25 + level.Length
        && text[23] == 'Z' && text[24] == ' ' && text[25 + level.Length] == ' '
        && text.AsSpan(25).StartsWith(level, StringComparison.Ordinal);
}
