using System.Text.Json;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Verifies an exported dataset from its files alone: <c>ticketworld verify DIR</c>. Every finding names file, record and field.
/// Tickets are streamed and checked on all processors; of each, a number of 8 bytes is kept, to find ids that stand twice.
/// </summary>
public sealed class DatasetVerifier
{
    private const int Block = 128;

    /// <summary>A larger policy graph or manifest is taken for damage.</summary>
    private const long LongestText = 64 << 20;

    private static readonly string[] FileNames =
        [TicketSource.ArrayName, TicketSource.LinesName, Database.FileName, PolicyFiles.TextName, PolicyFiles.GraphName];

    private readonly string _folder;
    private readonly VerificationOptions _options;
    private readonly VerificationReport _report;
    private readonly IProgress<long>? _progress;

    private DatasetVerifier(string folder, VerificationOptions options, IProgress<long>? progress)
    {
        _folder = folder;
        _options = options;
        _progress = progress;
        _report = new VerificationReport(options.ListedFindings);
    }

    /// <summary>Verifies the dataset in a folder. Damage of any kind becomes a finding; only cancellation throws.</summary>
    /// <param name="progress">Told the number of tickets verified so far, now and then.</param>
    /// <exception cref="OperationCanceledException">The verification was cancelled.</exception>
    public static VerificationReport Verify(string folder, VerificationOptions options, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var verifier = new DatasetVerifier(folder, options, progress);
        try
        {
            verifier.Run(cancellation);
        }
        catch (Exception e) when (IsUnreadable(e) || (e is AggregateException several && several.Flatten().InnerExceptions.All(IsUnreadable)))
        {
            verifier.Damage("(folder)", "the files cannot be read", e.GetBaseException().Message, "a readable dataset");
        }

        return verifier._report;
    }

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException;

    private void Run(CancellationToken cancellation)
    {
        if (!Directory.Exists(_folder))
        {
            Damage("(folder)", "there is no such folder", _folder, "the folder of a dataset");
            return;
        }

        if (!Array.Exists(FileNames, name => File.Exists(Path.Combine(_folder, name))))
        {
            Damage("(folder)", "this folder holds no dataset", _folder, string.Join(", ", FileNames));
            return;
        }

        var manifest = ReadManifest(cancellation);
        if (ReadPolicy(manifest) is not { } policy)
            return;
        var clock = Clock(manifest, policy);
        cancellation.ThrowIfCancellationRequested();
        using var remake = _options.Reproduce ? Remake.Begin(_folder, manifest, cancellation) : null;
        var database = ReadDatabase(policy.Policy);
        if (database is not null)
        {
            var book = new DatabaseRules(database, clock, _report).Check();
            VerifyTickets(policy, book, clock, manifest, remake, cancellation);
        }

        CheckCounts(manifest, database);
        if (_options.Reproduce)
            Reproduce(manifest, database, remake, cancellation);
        else
            _report.ReproductionNote = "only the content was asked for";
    }

    /// <summary>
    /// Makes everything again. With another version of program or pack differences prove nothing; but when there are none, the
    /// manifest names a wrong version.
    /// </summary>
    private void Reproduce(ManifestRecord? manifest, Database? database, Remake? remake, CancellationToken cancellation)
    {
        if (manifest is null || database is null)
        {
            _report.ReproductionNote = "manifest or database cannot be read";
            return;
        }

        for (var i = 0; i < manifest.Options.Length; i++)
        {
            // A damaged count must not make a world of any size.
            var held = i == 0 ? _report.Tickets : database.Counts[i - 1];
            var asked = manifest.Options[i] + (i == 0 ? manifest.Appended.Sum(n => (long)n) : 0);
            if (asked > held * 2 + 1000)
            {
                _report.ReproductionNote = $"the manifest's options ask for {asked} records, the files hold {held}";
                return;
            }
        }

        if (manifest.Twins > _report.Tickets)
        {
            _report.ReproductionNote = $"the manifest's options ask for {manifest.Twins} twins, the files hold {_report.Tickets} tickets";
            return;
        }

        _report.TextModel = manifest.TextModel;
        string? reason;
        if ((remake is null ? Reproduction.Prepare(manifest, out reason) : remake.World(out reason)) is not { } reproduction)
        {
            _report.ReproductionNote = reason;
            return;
        }

        var findings = new List<Finding>();
        try
        {
            new ReproductionRules(_folder, reproduction, findings, manifest.TextModel is not null).Check(remake, cancellation);
        }
        catch (Exception e) when (Reproduction.WhyUnmade(e) is { } why)
        {
            _report.ReproductionNote = $"the options, this version and this pack make no such set: {why}";
            return;
        }

        var versions = reproduction.Versions(manifest).Where(v => v.Found != v.Expected).ToArray();
        if (versions.Length > 0 && findings.Count > 0)
        {
            _report.ReproductionNote = $"the dataset was made with {string.Join(", ", versions.Select(v => $"{v.Field} {v.Found}"))}; this is {string.Join(", ", versions.Select(v => v.Expected))}";
            return;
        }

        _report.WasReproduced = true;
        foreach (var finding in findings)
            _report.Add(finding);
        foreach (var (field, found, expected) in versions)
            _report.Add(new Finding(VerificationLayer.Reproduction, ManifestRecord.FileName, "(file)", field, "the files are made by another version", found ?? "missing", expected));
    }

    private ManifestRecord? ReadManifest(CancellationToken cancellation)
    {
        var check = new RecordCheck(ManifestRecord.FileName, "(file)");
        ManifestRecord? manifest = null;
        if (ReadText(ManifestRecord.FileName) is { } text)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                manifest = ManifestRecord.Read(document.RootElement, check) is { } read ? read with { PackFolder = _options.Pack } : null;
                if (manifest is not null && !_options.ContentOnly)
                    FileHashes.Check(_folder, manifest, manifest is { Twins: > 0, Debug: true } ? [.. FileNames, TwinRules.FileName] : FileNames, check, cancellation);
            }
            catch (JsonException e)
            {
                check.Add(VerificationLayer.Files, "(file)", $"this is not valid JSON: {e.Message}", "", "a manifest");
            }
        }

        _report.Add(check);
        return manifest;
    }

    private DatasetPolicy? ReadPolicy(ManifestRecord? manifest)
    {
        DatasetPolicy? policy = null;
        if (ReadText(PolicyFiles.GraphName) is { } graph)
        {
            var check = new RecordCheck(PolicyFiles.GraphName, "(file)");
            policy = PolicyFiles.ReadGraph(graph, check);
            if (policy?.Company is { } company && manifest?.Company is { } named)
                check.Same(VerificationLayer.Policy, "company", "the company differs from the manifest", company, named);
            _report.Add(check);
        }

        if (ReadText(PolicyFiles.TextName) is { } text && policy is not null)
        {
            var check = new RecordCheck(PolicyFiles.TextName, "(file)");
            PolicyFiles.CheckText(text, policy, check);
            _report.Add(check);
        }

        return policy;
    }

    /// <summary>The last second of the world's last day.</summary>
    private DateTime Clock(ManifestRecord? manifest, DatasetPolicy policy)
    {
        var stated = policy.GeneratedAt is { } at ? DateOnly.FromDateTime(at) : (DateOnly?)null;
        if (manifest?.AsOf is { } asOf && stated is { } day && day != asOf)
            _report.Add(new Finding(VerificationLayer.Policy, PolicyFiles.GraphName, "(file)", "metadata.generated_at", "a world has its own clock", $"{day:yyyy-MM-dd}", $"{asOf:yyyy-MM-dd}"));
        return (manifest?.AsOf ?? stated ?? DateOnly.MaxValue).ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);
    }

    private Database? ReadDatabase(PolicyDocument policy)
    {
        if (Open(Database.FileName) is not { } stream)
            return null;
        var tiers = policy.FactsByName.TryGetValue("customer_tier", out var tier) ? tier.Values.Select(v => policy.Symbols[v]).ToArray() : [];
        var database = Database.Read(stream, tiers, _report);
        (_report.Customers, _report.Products, _report.Orders) = (database.Counts[0], database.Counts[1], database.Counts[2]);
        return database;
    }

    private void VerifyTickets(DatasetPolicy policy, Records.RecordBook book, DateTime clock, ManifestRecord? manifest, Remake? remake, CancellationToken cancellation)
    {
        TicketVerifier verifier;
        try
        {
            verifier = new TicketVerifier(policy, book, clock, expectsDebug: manifest?.Debug ?? false);
        }
        catch (PackException e)
        {
            Damage(PolicyFiles.GraphName, "the policy cannot be checked", e.Message, "a policy that can be enumerated");
            return;
        }

        remake?.BeginTickets(manifest?.TextModel is not null);
        using var source = new TicketSource(Open(TicketSource.ArrayName), Open(TicketSource.LinesName));
        var across = new AcrossTickets(policy);
        var twins = new TwinRules();
        OrderedBlocks<TicketBlock>.Run(() => new TicketBlock(), block => source.Read(block.Raw, Block), Work, Finish, cancellation);
        _report.Tickets = source.Count;
        remake?.EndTickets(source.IsWhole ? source.Count : -1);
        source.Report(_report);
        twins.Check(source.FileName, manifest?.Twins ?? 0, _report);
        if (manifest is { Twins: > 0, Debug: true } && Open(TwinRules.FileName) is { } pairs)
        {
            using var reader = new StreamReader(pairs);
            twins.CheckFile(Lines(reader), _report);
        }

        void Work(TicketBlock block)
        {
            foreach (var raw in block.Raw.Tickets)
            {
                var result = verifier.Check(raw, source.FileName);
                block.Results.Add(result);
                remake?.Compare(raw, result);
            }
        }

        void Finish(TicketBlock block)
        {
            foreach (var result in block.Results)
            {
                across.Check(result);
                twins.Add(result);
                _report.OracleDisagreements += result.Disagrees ? 1 : 0;
                _report.Add(result.Check);
            }

            _report.Tickets += block.Results.Count;
            block.Results.Clear();
            _progress?.Report(_report.Tickets);
        }
    }

    /// <summary>Tickets that are verified together.</summary>
    private sealed class TicketBlock
    {
        public RawTickets Raw { get; } = new();

        public List<CheckedTicket> Results { get; } = new(Block);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private void CheckCounts(ManifestRecord? manifest, Database? database)
    {
        if (manifest is null)
            return;
        var check = new RecordCheck(ManifestRecord.FileName, "(file)");
        Compare(0, "tickets", _report.Tickets);
        for (var i = 1; i < manifest.Counts.Length && database is not null; i++)
            Compare(i, ((string[])["tickets", "customers", "products", "orders"])[i], database.Counts[i - 1]);
        _report.Add(check);

        void Compare(int index, string name, long found)
        {
            if (manifest.Counts[index] is { } counted && counted != found)
                check.Add(VerificationLayer.Files, $"counts.{name}", "the files hold another number", $"{found}", $"{counted}");
        }
    }

    private string? ReadText(string name)
    {
        using var stream = Open(name);
        if (stream is null)
            return null;
        if (stream.Length > LongestText)
        {
            Damage(name, "the file is too long", $"{stream.Length} bytes", $"at most {LongestText} bytes");
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private FileStream? Open(string name)
    {
        var path = Path.Combine(_folder, name);
        if (File.Exists(path))
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        Damage(name, "the file is missing", "missing", name);
        return null;
    }

    private void Damage(string file, string problem, string found, string expected) =>
        _report.Add(new Finding(VerificationLayer.Files, file, "(file)", "", problem, found, expected));
}
