using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>Who finds a bug.</summary>
internal readonly record struct Findings(bool Verify, bool ContentOnly, bool Audit)
{
    public static Findings operator |(Findings a, Findings b) => new(a.Verify || b.Verify, a.ContentOnly || b.ContentOnly, a.Audit || b.Audit);

    public bool Any => ContentOnly || Audit;

    public bool AllFind => Verify && ContentOnly && Audit;
}

/// <summary>
/// Verification with debug keys, verification of the content without them, and the audit, over the files of a set in memory. Tickets are judged
/// one by one, as the commands judge them; a set without bugs has no finding, so that whatever is found is the bug.
/// </summary>
internal sealed class Judges
{
    private readonly DatasetPolicy _policy;
    private readonly DateTime _clock;
    private readonly Ticket _base;

    public Judges(string folder)
    {
        var check = new RecordCheck(PolicyFiles.GraphName, "(file)");
        _policy = PolicyFiles.ReadGraph(File.ReadAllText(Path.Combine(folder, PolicyFiles.GraphName)), check)
            ?? throw new WorldException("invalid_set", $"{PolicyFiles.GraphName} cannot be read: {check.Findings[^1].Problem}.", "Report the pack; it is a defect.");
        _clock = _policy.GeneratedAt ?? DateTime.MaxValue;
        var tiers = _policy.Policy.FactsByName.TryGetValue("customer_tier", out var tier) ? tier.Values.Select(v => _policy.Policy.Symbols[v]).ToArray() : [];
        Database = new DatabaseText(File.ReadAllText(Path.Combine(folder, Verification.Datasets.Database.FileName)), tiers);
        Tiers = tiers;
        _base = Of(Database, out _);
    }

    public DatabaseText Database { get; }

    public string[] Tiers { get; }

    /// <summary>Judges a ticket with a bug on the set's own records.</summary>
    public Findings Judge(MutatedTicket ticket) => _base.Judge(ticket);

    /// <summary>Judges tickets on records with a bug; what is wrong with the records themselves counts for all three.</summary>
    public Findings Judge(DatabaseText database, IEnumerable<MutatedTicket> tickets)
    {
        var judge = Of(database, out var isClean);
        return isClean ? tickets.Aggregate(default(Findings), (found, ticket) => found | judge.Judge(ticket)) : new Findings(true, true, true);
    }

    private Ticket Of(DatabaseText text, out bool isClean)
    {
        var report = new VerificationReport(1);
        var database = Verification.Datasets.Database.Read(new MemoryStream(text.ToBytes()), Tiers, report);
        var book = new DatabaseRules(database, _clock, report).Check();
        isClean = report.IsClean;
        return new Ticket(_policy, book, _clock);
    }

    private sealed class Ticket(DatasetPolicy policy, RecordBook book, DateTime clock)
    {
        private readonly TicketVerifier _verifier = new(policy, book, clock, expectsDebug: true);
        private readonly TicketVerifier _content = new(policy, book, clock, expectsDebug: false);
        private readonly TicketAuditor _auditor = new(policy, book, clock);

        public Findings Judge(MutatedTicket ticket) => new(
            !_verifier.Check(new RawTicket(1, ticket.WithDebug, null), TicketSource.ArrayName).Check.IsClean,
            !_content.Check(new RawTicket(1, ticket.Plain, null), TicketSource.ArrayName).Check.IsClean,
            _auditor.Audit(new RawTicket(1, ticket.Plain, null), TicketSource.ArrayName).Findings.Count > 0);
    }
}
