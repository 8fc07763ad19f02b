using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Desk;

/// <summary>
/// Works on each file of a folder once: the results of NAME stand in NAME.jsonl of the other folder, written under another name and renamed, so that a
/// file without whole results is worked on again after an interruption. A file that cannot be read gets NAME.error.txt, and the others go on.
/// </summary>
internal sealed class WatchedFolder(string folder, string results, DeskRun run)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (long Length, DateTime Written)> _seen = new(StringComparer.Ordinal);

    public int Run(CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new WorldException("invalid_option", $"There is no folder '{folder}'.", "Make it, or name another.", "watch", folder);
        Directory.CreateDirectory(results);
        Console.Error.WriteLine($"watching {folder}; results go to {results}; Ctrl+C ends it");
        try
        {
            WatchAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("ended");
        }

        return CommandLine.Done;
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!Path.GetFileName(path).StartsWith('.') && !IsDone(path) && HasSettled(path))
                    await WorkAsync(path, cancellation);
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private bool IsDone(string path) => File.Exists(ResultsOf(path)) || File.Exists(ErrorOf(path));

    /// <summary>Whether the file is as it was when it was last looked at, so that nobody is writing it.</summary>
    private bool HasSettled(string path)
    {
        var file = new FileInfo(path);
        var now = (file.Length, file.LastWriteTimeUtc);
        var settled = _seen.TryGetValue(path, out var before) && before == now;
        _seen[path] = now;
        return settled;
    }

    private async Task WorkAsync(string path, CancellationToken cancellation)
    {
        var part = ResultsOf(path) + ".part";
        try
        {
            int count;
            await using (var tickets = DeskCommands.Open(path))
            await using (var written = new StreamWriter(part))
                count = await run.WriteAsync(tickets, written, cancellation);
            File.Move(part, ResultsOf(path), overwrite: true);
            Console.Error.WriteLine($"{Path.GetFileName(path)}: {count} ticket{(count == 1 ? "" : "s")}");
        }
        catch (Exception e) when (e is WorldException or IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            await File.WriteAllTextAsync(ErrorOf(path), e.Message + Environment.NewLine, CancellationToken.None);
            Console.Error.WriteLine($"{Path.GetFileName(path)}: {e.Message}");
        }
    }

    private string ResultsOf(string path) => Path.Combine(results, Path.GetFileName(path) + ".jsonl");

    private string ErrorOf(string path) => Path.Combine(results, Path.GetFileName(path) + ".error.txt");
}
