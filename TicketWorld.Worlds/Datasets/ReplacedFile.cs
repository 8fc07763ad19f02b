namespace TicketWorld.Worlds.Datasets;

/// <summary>Files that are replaced in one step: whoever reads sees the old content or the new one.</summary>
public static class ReplacedFile
{
    /// <summary>Writes a file beside its place, flushes it to the disk and renames it into place.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
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
