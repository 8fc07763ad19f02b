namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>What became of a bug.</summary>
public enum MutantFate : byte
{
    /// <summary>Verification of the content or the audit finds it.</summary>
    Caught,

    /// <summary>Neither verification of the content nor the audit finds it.</summary>
    Escaped,

    /// <summary>No resolution of the set is another with it, although the set has what it is about: there is nothing to find.</summary>
    Equivalent,

    /// <summary>Every ticket of the set is decided as before, and what its texts say is true; some say less, as a condition reads fewer facts.</summary>
    Unsaid,

    /// <summary>The set has no ticket or record that it could be in.</summary>
    NotExercised,

    /// <summary>The policy with the bug is refused when it is loaded, or fails when it decides.</summary>
    Refused,
}

/// <summary>A bug, and who finds it.</summary>
/// <param name="Group">policy, resolution, message or records.</param>
/// <param name="Verify">Whether <c>verify</c> finds it with debug keys, without making anything again.</param>
/// <param name="ContentOnly">Whether <c>verify --content-only</c> finds it without debug keys, without making anything again.</param>
/// <param name="Audit">Whether <c>audit</c> finds it without debug keys and manifest.</param>
/// <param name="Changed">Tickets of the set that are other ones with it; of a bug of the records, tickets about the record.</param>
/// <param name="Judged">How many of them were judged.</param>
/// <param name="Found">How many of those verification of the content finds.</param>
/// <param name="Note">Why there is nothing to find, or an example of what escapes.</param>
public sealed record Mutant(
    string Group, string Operator, string What, MutantFate Fate, bool Verify, bool ContentOnly, bool Audit, int Changed, int Judged, int Found, string Note);

/// <summary>What a run of mutation testing found.</summary>
/// <param name="Confirmed">Bugs that were put into files, on which the commands themselves found what is said here.</param>
/// <param name="Contradicted">Bugs on which they did not; each is a defect of the run.</param>
public sealed record MutationReport(string Pack, ulong Seed, int Tickets, IReadOnlyList<Mutant> Mutants, int Confirmed, IReadOnlyList<string> Contradicted)
{
    /// <summary>Bugs that change something: those that can be found.</summary>
    public IEnumerable<Mutant> Real => Mutants.Where(m => m.Fate is MutantFate.Caught or MutantFate.Escaped);

    public int CountOf(MutantFate fate) => Mutants.Count(m => m.Fate == fate);

    /// <summary>The share of the real bugs that one way of looking finds; 1 when there is none.</summary>
    public double Score(Func<Mutant, bool> finds) => Real.Any() ? (double)Real.Count(finds) / Real.Count() : 1;
}
