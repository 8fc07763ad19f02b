namespace TicketWorld.Worlds.Auditing;

/// <summary>How often a clause is cited, and where it ought to be and is not, or is and ought not to be.</summary>
public sealed record ClauseUsage(string Clause, string Title, long Cited, long Missed, long Misapplied);

/// <summary>What the audit of a set found.</summary>
public sealed class AuditSummary
{
    private readonly long[] _bySeverity = new long[Enum.GetValues<AuditSeverity>().Length];
    private readonly long[] _byType = new long[Enum.GetValues<AuditErrorType>().Length];
    private readonly Dictionary<string, long> _byField = new(StringComparer.Ordinal);
    private readonly List<AuditFinding> _findings = [];
    private readonly List<AuditFinding> _onRecords = [];
    private readonly SortedDictionary<string, ClauseUsage> _usage = new(StringComparer.Ordinal);
    private readonly int _listed;
    private decimal _compliance;

    internal AuditSummary(int listed) => _listed = listed;

    public string Company { get; internal set; } = "";

    /// <summary>The world's clock.</summary>
    public DateTime Timestamp { get; internal set; }

    public long Tickets { get; private set; }

    public long TicketsWithErrors { get; private set; }

    /// <summary>Findings on records and policy, of which no ticket speaks.</summary>
    public long RecordFindings { get; private set; }

    public long FindingCount => _bySeverity.Sum();

    public bool IsClean => FindingCount == 0;

    /// <summary>Mean of the compliance of all tickets; 1 when there is none.</summary>
    public decimal MeanCompliance => Tickets == 0 ? 1 : _compliance / Tickets;

    /// <summary>The first findings on tickets, in the order of the file.</summary>
    public IReadOnlyList<AuditFinding> Findings => _findings;

    /// <summary>The first findings on records and policy.</summary>
    public IReadOnlyList<AuditFinding> OnRecords => _onRecords;

    public long CountOf(AuditSeverity severity) => _bySeverity[(int)severity];

    public long CountOf(AuditErrorType type) => _byType[(int)type];

    /// <summary>Findings by field, the most frequent first. Places in lists are left out of the paths.</summary>
    public IEnumerable<KeyValuePair<string, long>> Fields =>
        _byField.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal);

    public IEnumerable<ClauseUsage> Usage => _usage.Values;

    internal void Define(string clause, string title) => _usage[clause] = new ClauseUsage(clause, title, 0, 0, 0);

    internal void AddRecord(AuditFinding finding)
    {
        RecordFindings++;
        Count(finding, _onRecords);
    }

    internal void Add(AuditedTicket ticket)
    {
        Tickets++;
        _compliance += ticket.Compliance;
        TicketsWithErrors += ticket.Findings.Count > 0 ? 1 : 0;
        foreach (var finding in ticket.Findings)
            Count(finding, _findings);
        Use(ticket.Cited, u => u with { Cited = u.Cited + 1 });
        Use(ticket.Missed, u => u with { Missed = u.Missed + 1 });
        Use(ticket.Misapplied, u => u with { Misapplied = u.Misapplied + 1 });
    }

    private void Use(string[] clauses, Func<ClauseUsage, ClauseUsage> count)
    {
        foreach (var clause in clauses)
        {
            if (_usage.TryGetValue(clause, out var usage))
                _usage[clause] = count(usage);
        }
    }

    private void Count(AuditFinding finding, List<AuditFinding> list)
    {
        _bySeverity[(int)finding.Severity]++;
        _byType[(int)finding.ErrorType]++;
        var field = Place(finding.Field);
        _byField[field] = _byField.GetValueOrDefault(field) + 1;
        if (list.Count < _listed)
            list.Add(finding);
    }

    /// <summary><c>actions[3].value</c> as <c>actions.value</c>.</summary>
    private static string Place(string field)
    {
        var open = field.IndexOf('[', StringComparison.Ordinal);
        var close = open < 0 ? -1 : field.IndexOf(']', open);
        return close < 0 ? field : string.Concat(field.AsSpan(0, open), field.AsSpan(close + 1));
    }
}
