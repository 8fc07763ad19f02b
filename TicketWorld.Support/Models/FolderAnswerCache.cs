using System.Text.Json;

namespace TicketWorld.Support.Models;

/// <summary>
/// Answers of models in a folder, a file each, named by its key.
/// A file is written under another name, flushed, and renamed, so that a kill leaves a whole entry or none; what cannot be read counts as
/// none and is replaced.
/// </summary>
internal sealed class FolderAnswerCache(string folder) : AnswerCache
{
    public override ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult(Read(File.ReadAllBytes(PathOf(key)), key));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<CachedAnswer?>(null);
        }
    }

    public override ValueTask KeepAsync(CachedAnswer answer, CancellationToken cancellationToken)
    {
        var path = PathOf(answer.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, answer);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        return ValueTask.CompletedTask;
    }

    private string PathOf(string key) => Path.Combine(folder, key[..2], key + ".json");
}
