using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Commitments;

/// <summary>The private file of a commitment: readable by its owner alone, and never written over another.</summary>
public static class CommitmentFile
{
    /// <summary>Reserves the file, so that a set is not made in vain.</summary>
    /// <exception cref="WorldException">The file is there, or cannot be written.</exception>
    public static FileStream Reserve(string path)
    {
        if (File.Exists(path))
            throw new WorldException("commitment_exists", $"{path} is there already; a commitment is not written over another.", "Name another file with --commit, or move the old one away.", "commit", path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldException("output_unwritable", $"{path} cannot be written: {e.Message}", "Check the folder's permissions, or name another file with --commit.", "commit", path);
        }
    }

    /// <summary>Writes the commitment into the file reserved for it, to the disk.</summary>
    public static void Write(FileStream file, Commitment commitment)
    {
        file.Write(commitment.ToBytes());
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="WorldException">There is no such file, or it is no commitment.</exception>
    public static Commitment Read(string path) => File.Exists(path)
        ? Commitment.Parse(File.ReadAllBytes(path), path)
        : throw new WorldException("no_commitment", $"There is no file {path}.", "Name the file that generate --commit wrote.", "file", path);
}
