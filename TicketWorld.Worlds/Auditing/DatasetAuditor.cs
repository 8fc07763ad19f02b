using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing;

/// <summary>
/// Audits a set: <c>ticketworld audit DIR</c>. Policy, records and tickets are all that it reads; manifest and debug keys need not be there.
/// Tickets are streamed and audited on all processors.
/// </summary>
public sealed class DatasetAuditor
{
    private const int Block = 128;

    private readonly string _folder;
    private readonly AuditSummary _summary;

    private DatasetAuditor(string folder, int listed)
    {
        _folder = folder;
        _summary = new AuditSummary(listed);
    }

    /// <summary>Audits the set in a folder and writes <c>ticket_audit_results.json</c> and <c>ticket_audit_report.txt</c>.</summary>
    /// <param name="output">The folder to write to.</param>
    /// <param name="listed">How many findings the report lists; the results hold all.</param>
    /// <exception cref="WorldException">The folder holds no set that can be audited.</exception>
    public static AuditSummary Audit(string folder, string output, int listed, CancellationToken cancellation = default)
    {
        RefuseMissing(folder);
        OutputFolder.Create(output, "output_dir");
        using var results = new AuditResultsFile(output);
        var summary = new DatasetAuditor(folder, listed).Run(results.Write, cancellation);
        results.Finish(summary);
        AuditReportFile.Write(output, summary);
        return summary;
    }

    /// <summary>Audits the set in a folder and writes nothing.</summary>
    /// <exception cref="WorldException">The folder holds no set that can be audited.</exception>
    internal static AuditSummary Audit(string folder, int listed, CancellationToken cancellation) =>
        new DatasetAuditor(folder, listed).Run(_ => { }, cancellation);

    private AuditSummary Run(Action<AuditedTicket> see, CancellationToken cancellation)
    {
        RefuseMissing(_folder);
        var policy = ReadPolicy();
        var records = new VerificationReport(int.MaxValue);
        var tiers = policy.Policy.FactsByName.TryGetValue("customer_tier", out var tier) ? tier.Values.Select(v => policy.Policy.Symbols[v]).ToArray() : [];
        var database = Database.Read(Open(Database.FileName), tiers, records);
        var book = new DatabaseRules(database, _summary.Timestamp, records).Check();
        AddRecords(records.Findings);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            AuditTickets(new TicketAuditor(policy, book, _summary.Timestamp), see, cancellation);
        }
        catch (PackException e)
        {
            throw new WorldException("invalid_set", $"The policy in {PolicyFiles.GraphName} cannot be checked: {e.Message}", e.Remedy, "dir", _folder);
        }

        return _summary;
    }

    private DatasetPolicy ReadPolicy()
    {
        var check = new RecordCheck(PolicyFiles.GraphName, "(file)");
        using var reader = new StreamReader(Open(PolicyFiles.GraphName));
        if (PolicyFiles.ReadGraph(reader.ReadToEnd(), check) is not { } policy)
        {
            var problem = check.Findings.Count > 0 ? check.Findings[^1].Problem : "it holds no policy";
            throw new WorldException("invalid_set", $"{PolicyFiles.GraphName} cannot be used: {problem}.", "Restore the file, or generate the set again.", "dir", _folder);
        }

        if (File.Exists(Path.Combine(_folder, PolicyFiles.TextName)))
        {
            var text = new RecordCheck(PolicyFiles.TextName, "(file)");
            PolicyFiles.CheckText(File.ReadAllText(Path.Combine(_folder, PolicyFiles.TextName)), policy, text);
            AddRecords(text.Findings);
        }

        AddRecords(check.Findings);
        _summary.Company = policy.Company ?? "";
        _summary.Timestamp = policy.GeneratedAt ?? DateTime.MaxValue;
        foreach (var clause in policy.Policy.Clauses)
            _summary.Define(clause.Id, clause.Title);
        return policy;
    }

    private void AuditTickets(TicketAuditor auditor, Action<AuditedTicket> see, CancellationToken cancellation)
    {
        var hasArray = File.Exists(Path.Combine(_folder, TicketSource.ArrayName));
        var hasLines = File.Exists(Path.Combine(_folder, TicketSource.LinesName));
        if (!hasArray && !hasLines)
            throw Missing(TicketSource.ArrayName);
        using var source = new TicketSource(hasArray ? Open(TicketSource.ArrayName) : null, hasLines ? Open(TicketSource.LinesName) : null);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        OrderedBlocks<TicketBlock>.Run(() => new TicketBlock(), block => source.Read(block.Raw, Block), Work, Finish, cancellation);
        var files = new VerificationReport(int.MaxValue);
        source.Report(files);
        AddRecords(files.Findings);

        void Work(TicketBlock block)
        {
            foreach (var raw in block.Raw.Tickets)
                block.Results.Add(auditor.Audit(raw, source.FileName));
        }

        void Finish(TicketBlock block)
        {
            foreach (var result in block.Results)
            {
                if (!ids.Add(result.TicketId))
                    result.Findings.Add(new AuditFinding(result.TicketId, AuditSeverity.Major, AuditErrorType.InvalidRecord, "ticket_id", "another ticket has the same id", result.TicketId, "an id of its own"));
                _summary.Add(result);
                see(result);
            }

            block.Results.Clear();
        }
    }

    /// <summary>Tickets that are audited together.</summary>
    private sealed class TicketBlock
    {
        public RawTickets Raw { get; } = new();

        public List<AuditedTicket> Results { get; } = new(Block);
    }

    private void AddRecords(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            _summary.AddRecord(FindingRating.RateRecord(finding));
    }

    private FileStream Open(string name)
    {
        var path = Path.Combine(_folder, name);
        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan)
            : throw Missing(name);
    }

    private static void RefuseMissing(string folder)
    {
        if (!Directory.Exists(folder))
            throw new WorldException("no_set", $"There is no folder {folder}.", "Name the folder of a set; ticketworld generate makes one.", "dir", folder);
    }

    private WorldException Missing(string name) =>
        new("no_set", $"{_folder} holds no {name}.", "Name the folder of a set; ticketworld generate makes one.", "dir", _folder);
}
