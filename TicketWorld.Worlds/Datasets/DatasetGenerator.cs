using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Datasets;

/// <summary>How far a run is.</summary>
public readonly record struct GenerationProgress(string Stage, int Tickets, int Of);

/// <summary>What a run made.</summary>
public sealed record GenerationResult(World World, Manifest Manifest, ChunkReport Report, TimeSpan Elapsed, TimeSpan TicketTime);

/// <summary>Writes sets of files: a new one, or more tickets for one that is there.</summary>
public sealed class DatasetGenerator
{
    private readonly int _threads;
    private readonly Action<GenerationProgress> _progress;
    private readonly Func<string, Stream> _open;
    private readonly TimeProvider _time;

    /// <param name="threads">How many threads make tickets; the bytes do not depend on it.</param>
    public DatasetGenerator(int threads, Action<GenerationProgress>? progress = null, TimeProvider? time = null)
        : this(threads, progress, time, HashedFile.Create)
    {
    }

    /// <param name="open">Opens a file for writing.</param>
    internal DatasetGenerator(int threads, Action<GenerationProgress>? progress, TimeProvider? time, Func<string, Stream> open)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = threads;
        _progress = progress ?? (_ => { });
        _open = open;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Who writes messages and reasonings; null for the grammar and the program alone.</summary>
    public IMessageAuthor? Author { get; init; }

    /// <summary>Makes a set in a folder; one that is there is replaced when the new one is complete.</summary>
    /// <exception cref="WorldException">The options or the folder cannot be used.</exception>
    /// <exception cref="PackException">The pack cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was there is untouched.</exception>
    public GenerationResult Create(WorldOptions options, string path, CancellationToken cancellation = default)
    {
        var started = _time.GetTimestamp();
        options.Validate();
        var pack = Pack.Load(options.Pack);
        using var folder = DatasetFolder.Open(path);
        return Stage(folder, path, () =>
        {
            Report("policy graph, templates, customers, products, orders", 0, options.Tickets);
            var world = World.Create(pack, options);
            using var tickets = new TicketFiles(folder.Staging, _open);
            tickets.Begin();
            var (files, report, ticketTime) = WriteFiles(world, tickets, folder.Staging, cancellation);
            return Finish(world, folder, files, Author?.Writer ?? WriterIdentity.Grammar, report, started, ticketTime);
        });
    }

    /// <summary>Adds a block of tickets to the set in a folder. Database and policy stay as they are, and so do the earlier tickets.</summary>
    /// <param name="count">How many tickets.</param>
    /// <param name="pack">Where to find the set's pack when it is not embedded; null for the name in the manifest.</param>
    /// <exception cref="WorldException">There is no set, it was changed, or it was made by another pack or version.</exception>
    public GenerationResult Append(int count, string path, string? pack = null, CancellationToken cancellation = default)
    {
        var started = _time.GetTimestamp();
        if (!Directory.Exists(path))
            throw NothingToAppendTo(path);
        using var folder = DatasetFolder.Open(path);
        var manifest = DatasetFolder.ReadManifest(path) ?? throw NothingToAppendTo(path);
        var options = manifest.Options with { Pack = pack ?? manifest.PackName, Appended = [.. manifest.Options.Appended, count] };
        options.Validate();
        var loaded = Pack.Load(options.Pack);
        RefuseAnother(manifest, loaded);
        RefuseMissing(manifest, path);
        var writer = WriterOfBoth(manifest.Writer);
        foreach (var name in Manifest.FileNamesOf(manifest.Options).Where(n => !n.StartsWith("support_tickets", StringComparison.Ordinal)))
            RefuseChanged(manifest, path, (name, HashedFile.DigestOf(Path.Combine(path, name))));
        return Stage(folder, path, () =>
        {
            Report("policy graph, templates, customers, products, orders", 0, count);
            var world = World.Create(loaded, options);
            using var tickets = new TicketFiles(folder.Staging, _open);
            var (array, lines) = tickets.BeginWith(path, cancellation);
            RefuseChanged(manifest, path, ("support_tickets.json", array));
            RefuseChanged(manifest, path, ("support_tickets.jsonl", lines));

            var (report, ticketTime) = WriteTickets(world, world.TicketCount - count, tickets, cancellation);
            var files = tickets.Finish();
            return Finish(world, folder, [.. files, .. manifest.Files.Where(f => f.Name is not ("support_tickets.json" or "support_tickets.jsonl"))], writer, report, started, ticketTime);
        });
    }

    private static void RefuseAnother(Manifest manifest, Pack pack)
    {
        if (manifest.SchemaVersion != Manifest.CurrentSchema || manifest.EngineVersion != Manifest.CurrentEngine)
            throw new WorldException("other_version", $"The set was made by engine {manifest.EngineVersion}, schema {manifest.SchemaVersion}; this is engine {Manifest.CurrentEngine}, schema {Manifest.CurrentSchema}.", "Generate a new set.", "mode", "append");
        if (manifest.PackContentHash != pack.Source.ContentHash)
            throw new WorldException("other_pack", $"The set was made from pack {manifest.PackName} {manifest.PackVersion}, whose content differs from {pack.Settings.Name} {pack.Settings.Version}.", "Name the pack that made the set with --pack, or generate a new set.", "pack", pack.Source.Name);
    }

    /// <summary>A set in which a model wrote some texts is one of that model; of two models it could not be told which wrote what.</summary>
    private WriterIdentity WriterOfBoth(WriterIdentity before)
    {
        var now = Author?.Writer ?? WriterIdentity.Grammar;
        if (before.IsModel && now.IsModel && before != now)
            throw new WorldException("other_writer", $"The texts of the set were written by {before.Model}, prompts {before.Prompts?[..8]}; asked for is {now.Model}, prompts {now.Prompts?[..8]}.", "Append with the same model, without --llm, or create a new set.", "model", now.Model);
        return now.IsModel ? now : before;
    }

    private static void RefuseMissing(Manifest manifest, string path)
    {
        foreach (var name in Manifest.FileNamesOf(manifest.Options))
        {
            if (manifest.Files.All(f => f.Name != name) || !File.Exists(Path.Combine(path, name)))
                throw Changed(path, name, "is missing, though the set has it");
        }
    }

    private static void RefuseChanged(Manifest manifest, string path, (string Name, string Digest) file)
    {
        if (manifest.Files.Single(f => f.Name == file.Name).Sha256 != file.Digest)
            throw Changed(path, file.Name, "is not as the manifest says: it was changed after it was generated");
    }

    private static WorldException Changed(string path, string name, string problem) =>
        new("set_changed", $"{Path.Combine(path, name)} {problem}.", "Restore the file, or generate the set again.", "output_dir", path);

    private static WorldException NothingToAppendTo(string path) =>
        new("nothing_to_append_to", $"{path} holds no set to append to.", "Create one first: ticketworld generate --output-dir " + path, "output_dir", path);

    private static GenerationResult Stage(DatasetFolder folder, string path, Func<GenerationResult> write)
    {
        try
        {
            Directory.CreateDirectory(folder.Staging);
            return write();
        }
        catch (Exception e)
        {
            folder.Discard();
            if (e is IOException or UnauthorizedAccessException)
                throw DatasetFolder.Unwritable(path, e);
            throw;
        }
    }

    /// <summary>Writes all files, the database beside the tickets. When one side fails, the other is stopped and ended before the failure is told.</summary>
    private (DatasetFile[] Files, ChunkReport Report, TimeSpan TicketTime) WriteFiles(World world, TicketFiles tickets, string folder, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var others = Task.Run(
            () =>
            {
                try
                {
                    return WriteOthers(world, folder, stop.Token);
                }
                catch
                {
                    stop.Cancel();
                    throw;
                }
            },
            CancellationToken.None);
        try
        {
            var (report, ticketTime) = WriteTickets(world, 0, tickets, stop.Token);
            return ([.. tickets.Finish(), .. others.GetAwaiter().GetResult()], report, ticketTime);
        }
        catch (Exception e)
        {
            stop.Cancel();
            Task.WaitAny([others], CancellationToken.None);
            if (e is OperationCanceledException && others.IsFaulted)
                others.GetAwaiter().GetResult();
            throw;
        }
    }

    private DatasetFile[] WriteOthers(World world, string folder, CancellationToken cancellation)
    {
        return
        [
            WriteFile("customer_database.json", stream => world.WriteDatabase(stream, cancellation)),
            WriteFile("company_policy.txt", world.WritePolicyText),
            WriteFile("policy_graph.json", world.WritePolicyGraph),
            .. Manifest.FileNamesOf(world.Options).Where(n => n == Manifest.TwinsName).Select(n => WriteFile(n, world.WriteTwins)),
        ];

        DatasetFile WriteFile(string name, Action<Stream> write)
        {
            using var file = new HashedFile(Path.Combine(folder, name), _open);
            write(file);
            return file.Finish();
        }
    }

    private (ChunkReport Report, TimeSpan Time) WriteTickets(World world, int first, TicketFiles tickets, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var done = 0;
        var total = world.TicketCount - first;
        var report = TicketPipeline.Run(world, first, _threads, Author, Write, cancellation);
        return (report, _time.GetElapsedTime(started));

        void Write(TicketChunk chunk)
        {
            tickets.Write(chunk);
            done += chunk.Count;
            Report("e-mails, resolutions", done, total);
        }
    }

    private GenerationResult Finish(World world, DatasetFolder folder, DatasetFile[] files, WriterIdentity writer, ChunkReport report, long started, TimeSpan ticketTime)
    {
        var manifest = Manifest.Of(world, files) with { Writer = writer };
        using (var file = new HashedFile(Path.Combine(folder.Staging, Manifest.FileName), _open))
        {
            file.Write(manifest.ToBytes());
            file.Finish();
        }

        folder.Commit();
        return new GenerationResult(world, manifest, report, _time.GetElapsedTime(started), ticketTime);
    }

    private void Report(string stage, int done, int total) => _progress(new GenerationProgress(stage, done, total));
}
