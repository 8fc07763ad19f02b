namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The files of an embedded store, owned from <see cref="Open"/> until it is disposed.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="passing">Whether the folder goes when the store closes.</param>
internal sealed class SqliteFiles(string folder, bool passing = false) : IDisposable
{
    private DataFolder? _folder;

    /// <summary>Messages, leases, states and the read model.</summary>
    public SqliteDatabase Grains { get; } = new(Path.Combine(Path.GetFullPath(folder), "grains.db"));

    /// <summary>Rows of chunks: large writes, in a file of their own so that no turn's commit waits behind them.</summary>
    public SqliteDatabase Chunks { get; } = new(Path.Combine(Path.GetFullPath(folder), "chunks.db"));

    /// <summary>Articles and their vectors.</summary>
    public SqliteDatabase Articles { get; } = new(Path.Combine(Path.GetFullPath(folder), "articles.db"));

    /// <summary>API keys; in a file of their own, which the command line may write while a host has the folder.</summary>
    public SqliteDatabase Keys { get; } = new(Path.Combine(Path.GetFullPath(folder), "keys.db"));

    /// <exception cref="GrainStoreException">Another process has the folder, or it cannot be written.</exception>
    public void Open() => _folder ??= DataFolder.Take(folder);

    public void Dispose()
    {
        if (_folder is not { } held)
            return;
        held.Dispose();
        _folder = null;
        if (passing)
            PassingFolder.Remove(held.Path);
    }
}
