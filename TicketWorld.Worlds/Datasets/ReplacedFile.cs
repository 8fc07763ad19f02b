using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Files that are replaced in one step: whoever reads sees the old content or the new one.</summary>
public static class ReplacedFile
{
    /// <summary>Refuses a path at which no file can be, before anything is made.</summary>
    /// <exception cref="WorldException">It is a folder, or the folder that it is in is not there.</exception>
    public static void RefuseNoPlace(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new WorldException("output_unwritable", $"{path} is a folder, and a file is to be written.", $"Name a file, for example one in that folder.", "output", path);
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
            throw new WorldException("output_unwritable", $"There is no folder {folder} to write {Path.GetFileName(full)} to.", "Make the folder first, or correct the path.", "output", path);
    }

    /// <summary>Writes a file beside its place, flushes it to the disk and renames it into place.</summary>
    /// <exception cref="WorldException">No file can be there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        RefuseNoPlace(path);
        var full = Path.GetFullPath(path);
        var staged = $"{full}.{Environment.ProcessId}.new";
        try
        {
            using (var file = new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(staged, full, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    }
}
