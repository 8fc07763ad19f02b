using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>
/// A folder that holds a set, and the switch from one set to the next.
/// </summary>
/// <remarks>
/// New files are written and flushed in <c>.ticketworld-new</c>. Renaming that folder to <c>.ticketworld-switch</c> commits: one
/// atomic step, after which the new set wins. Its files are then renamed into place, the manifest last, and the emptied folder
/// is removed. Whoever opens the folder next finishes a committed switch and removes one that was not committed, so that a kill at
/// any point leaves the old set or the new one. One process at a time works on a folder; a lock file says so.
/// </remarks>
public sealed class DatasetFolder : IDisposable
{
    private const string New = ".ticketworld-new";
    private const string Switch = ".ticketworld-switch";
    private const string Lock = ".ticketworld-lock";
    private readonly FileStream _lock;

    private DatasetFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>Where the files of the next set are written.</summary>
    public string Staging => System.IO.Path.Combine(Path, New);

    /// <summary>Opens a folder for writing, creating it if need be; finishes or undoes what an earlier command left.</summary>
    /// <exception cref="WorldException">The folder cannot be written, is in use, or holds something else.</exception>
    public static DatasetFolder Open(string path)
    {
        OutputFolder.Create(path, "output_dir");
        try
        {
            var folder = new DatasetFolder(path, new FileStream(System.IO.Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            try
            {
                Recover(path);
                folder.RefuseForeignFiles();
                return folder;
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (IOException e) when (File.Exists(System.IO.Path.Combine(path, Lock)))
        {
            throw new WorldException("output_in_use", $"Another command works on {path}: {e.Message}", "Wait for it to end, or choose another --output-dir.", "output_dir", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>Finishes a switch that an earlier command committed; undoes one that it did not.</summary>
    public static void Recover(string path)
    {
        var committed = System.IO.Path.Combine(path, Switch);
        if (Directory.Exists(committed))
            MoveIntoPlace(path, committed);
        var abandoned = System.IO.Path.Combine(path, New);
        if (Directory.Exists(abandoned))
            Directory.Delete(abandoned, recursive: true);
    }

    /// <summary>Refuses a path at which there is no set, not even a damaged one.</summary>
    /// <exception cref="WorldException">There is no folder, or none of the files of a set is in it.</exception>
    public static void RefuseNoSet(string path)
    {
        const string remedy = "Name the folder of a set; ticketworld generate makes one.";
        if (File.Exists(path))
            throw new WorldException("no_set", $"{path} is a file, and a set is a folder.", remedy, "dir", path);
        if (!Directory.Exists(path))
            throw new WorldException("no_set", $"There is no folder {path}.", remedy, "dir", path);
        if (!Directory.Exists(System.IO.Path.Combine(path, Switch)) && !Manifest.FileNames.Append(Manifest.FileName).Any(name => File.Exists(System.IO.Path.Combine(path, name))))
            throw new WorldException("no_set", $"{path} holds no set: {Manifest.FileName} and all other files are missing.", remedy, "dir", path);
    }

    /// <summary>The manifest of the set in a folder, or null when it holds none.</summary>
    /// <exception cref="WorldException">There is a manifest, but it cannot be used.</exception>
    public static Manifest? ReadManifest(string path)
    {
        var file = System.IO.Path.Combine(path, Manifest.FileName);
        return File.Exists(file) ? Manifest.Parse(File.ReadAllBytes(file), file) : null;
    }

    /// <summary>Removes what is staged.</summary>
    public void Discard()
    {
        if (Directory.Exists(Staging))
            Directory.Delete(Staging, recursive: true);
    }

    /// <summary>Makes the staged files the set. All of them, the manifest included, must be flushed to the disk.</summary>
    public void Commit()
    {
        var committed = System.IO.Path.Combine(Path, Switch);
        Directory.Move(Staging, committed);
        MoveIntoPlace(Path, committed);
    }

    public void Dispose() => _lock.Dispose();

    internal static WorldException Unwritable(string path, Exception e) =>
        new("output_unwritable", $"{path} cannot be written: {e.Message}", "Check the disk's free space and the folder's permissions, or choose another --output-dir.", "output_dir", path);

    private static void MoveIntoPlace(string path, string committed)
    {
        // The manifest moves last, so as long as it is here it says what of the old set goes.
        var manifest = System.IO.Path.Combine(committed, Manifest.FileName);
        if (File.Exists(manifest) && Manifest.Parse(File.ReadAllBytes(manifest), manifest).Files.All(f => f.Name != Manifest.TwinsName))
            File.Delete(System.IO.Path.Combine(path, Manifest.TwinsName));
        foreach (var file in Directory.GetFiles(committed).OrderBy(f => System.IO.Path.GetFileName(f) == Manifest.FileName).ThenBy(f => f, StringComparer.Ordinal))
            File.Move(file, System.IO.Path.Combine(path, System.IO.Path.GetFileName(file)), overwrite: true);
        Directory.Delete(committed);
    }

    private void RefuseForeignFiles()
    {
        if (File.Exists(System.IO.Path.Combine(Path, Manifest.FileName)))
            return;
        if (Manifest.FileNames.Append(Manifest.TwinsName).FirstOrDefault(f => File.Exists(System.IO.Path.Combine(Path, f))) is { } foreign)
            throw new WorldException("output_half_written", $"{Path} holds {foreign} but no {Manifest.FileName}, so it is no complete set.", "Remove the file, or choose another --output-dir.", "output_dir", Path);
    }
}
