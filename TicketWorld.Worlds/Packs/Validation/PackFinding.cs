namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The pack works, and something in it has no effect or no cover.</summary>
    Warning,

    /// <summary>The pack cannot be used, or a part of it can never come into play.</summary>
    Error,
}

/// <summary>Something in a pack that is wrong or of no use.</summary>
/// <param name="Check">Stable name of the check in snake_case, for programs.</param>
/// <param name="File">The pack file.</param>
/// <param name="Line">1-based, or 0 when the whole file is meant.</param>
public sealed record PackFinding(FindingSeverity Severity, string Check, string File, int Line, string Problem, string Remedy);

/// <summary>Two clauses that decide one request together somewhere.</summary>
/// <param name="Related">Whether a relation of the policy joins them.</param>
public sealed record ClauseInteraction(string A, string B, bool Related);

/// <summary>The result of validating a pack.</summary>
/// <param name="Findings">By file and line, errors before warnings on a line.</param>
/// <param name="Unchecked">What could not be looked at, and why.</param>
/// <param name="Interactions">By clause id; empty when the policy could not decide.</param>
public sealed record PackValidation(IReadOnlyList<PackFinding> Findings, IReadOnlyList<string> Unchecked, IReadOnlyList<ClauseInteraction> Interactions)
{
    public required int Clauses { get; init; }
    public required int Scenarios { get; init; }
    public int Errors => Findings.Count(f => f.Severity == FindingSeverity.Error);
    public int Warnings => Findings.Count(f => f.Severity == FindingSeverity.Warning);
    public bool IsUsable => Errors == 0;
}
