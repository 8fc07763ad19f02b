namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The folder of an embedded store, held by a lock of the operating system that ends with the process.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Makes the folder if needed and takes its lock.</summary>
    /// <exception cref="GrainStoreException">Another process has it, or it cannot be written.</exception>
    public static DataFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GrainStoreException($"The data folder {full} cannot be made: {error.Message} Choose another one, or give this user the right to write there.", error);
        }

        try
        {
            return new(full, new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new GrainStoreException($"The data folder {full} is in use by another process. Stop that process, or start this one with another data folder.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new GrainStoreException($"The data folder {full} cannot be written: {error.Message} Choose another one, or give this user the right to write there.", error);
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();
}
