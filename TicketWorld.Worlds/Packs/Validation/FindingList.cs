namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>The findings of a validation while it runs.</summary>
internal sealed class FindingList
{
    private static readonly string[] Files = ["pack.yaml", "policy.yaml", "scenarios.yaml", "vocabulary.yaml", "phrases.yaml", "catalog.yaml", "people.yaml"];
    private readonly List<PackFinding> _findings = [];

    public void Error(string check, PackNode at, string problem, string remedy) => Add(FindingSeverity.Error, check, at, problem, remedy);

    public void Warn(string check, PackNode at, string problem, string remedy) => Add(FindingSeverity.Warning, check, at, problem, remedy);

    public void Error(string check, PackException complaint) =>
        _findings.Add(new PackFinding(FindingSeverity.Error, check, complaint.File, complaint.Line, complaint.Problem, complaint.Remedy));

    public IReadOnlyList<PackFinding> Sorted() =>
    [
        .. _findings.Distinct().OrderBy(f => Array.IndexOf(Files, f.File)).ThenBy(f => f.File, StringComparer.Ordinal)
            .ThenBy(f => f.Line).ThenByDescending(f => f.Severity).ThenBy(f => f.Check, StringComparer.Ordinal).ThenBy(f => f.Problem, StringComparer.Ordinal),
    ];

    private void Add(FindingSeverity severity, string check, PackNode at, string problem, string remedy) =>
        _findings.Add(new PackFinding(severity, check, at.File, at.Line, problem, remedy));
}
