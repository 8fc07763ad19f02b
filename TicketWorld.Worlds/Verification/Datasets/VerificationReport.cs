namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What a verification may leave out.</summary>
/// <param name="ContentOnly">Leaves the manifest's sizes and hashes aside, so that only what the files say counts.</param>
/// <param name="ListedFindings">Findings that are listed; all are counted.</param>
/// <param name="Reproduce">Makes the records again from the manifest's options, when the pack is at hand, and compares them.</param>
/// <param name="Pack">The folder of the set's pack; null for the embedded one of the name in the manifest.</param>
public sealed record VerificationOptions(bool ContentOnly = false, int ListedFindings = 1000, bool Reproduce = true, string? Pack = null);

/// <summary>The result of verifying a dataset.</summary>
public sealed class VerificationReport
{
    private readonly List<Finding> _findings = [];
    private readonly long[] _counts = new long[Enum.GetValues<VerificationLayer>().Length];
    private readonly int _listed;

    internal VerificationReport(int listed) => _listed = listed;

    /// <summary>Tickets read.</summary>
    public long Tickets { get; internal set; }

    public int Customers { get; internal set; }

    public int Products { get; internal set; }

    public int Orders { get; internal set; }

    /// <summary>Tickets on whose resolution the second oracle disagrees.</summary>
    public long OracleDisagreements { get; internal set; }

    /// <summary>Whether the records were made again from the manifest's options and compared.</summary>
    public bool WasReproduced { get; internal set; }

    /// <summary>The model that wrote the texts, so that they were not made again; null when the grammar did.</summary>
    public string? TextModel { get; internal set; }

    /// <summary>Why the records could not be made again, or null.</summary>
    public string? ReproductionNote { get; internal set; }

    /// <summary>The first findings, in the order of files and records.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>All findings, listed or not.</summary>
    public long FindingCount => _counts.Sum();

    public bool IsClean => FindingCount == 0;

    /// <summary>Findings of one layer.</summary>
    public long CountOf(VerificationLayer layer) => _counts[(int)layer];

    internal void Add(Finding finding)
    {
        _counts[(int)finding.Layer]++;
        if (_findings.Count < _listed)
            _findings.Add(finding);
    }

    internal void Add(RecordCheck check)
    {
        foreach (var finding in check.Findings)
            Add(finding);
    }
}
