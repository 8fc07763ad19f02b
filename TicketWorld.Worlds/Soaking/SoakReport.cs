namespace TicketWorld.Worlds.Soaking;

/// <summary>What a soak found in the sets of one pack. Every figure but tickets, runs, what-ifs and gate rejects is to be 0.</summary>
public sealed class SoakReport(string pack)
{
    public string Pack { get; } = pack;

    public int Runs { get; internal set; }

    public long Tickets { get; internal set; }

    /// <summary>Cases in which the oracles differed while the sets were made, and when they were verified.</summary>
    public long OracleDisagreements { get; internal set; }

    /// <summary>Tickets whose proof does not say that one class of actions is compliant.</summary>
    public long NonUnique { get; internal set; }

    /// <summary>Findings of the verification, all layers.</summary>
    public long Findings { get; internal set; }

    /// <summary>Texts that were written again; not a fault.</summary>
    public long GateRejects { get; internal set; }

    /// <summary>How far, in tickets, a share that the quotas fix is from its target at worst.</summary>
    public int WorstQuota { get; internal set; }

    /// <summary>By kind of contradiction: how many there are.</summary>
    public long[] Contradictions { get; } = new long[Enum.GetValues<Contradiction>().Length];

    /// <summary>The first of what is wrong, in words.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Quotas are whole numbers, so one ticket of deviation is none.</summary>
    public bool IsClean => OracleDisagreements == 0 && NonUnique == 0 && Findings == 0 && WorstQuota <= 1 && Contradictions.Sum() == 0;

    private const int MostExamples = 20;
    private readonly List<string> _examples = [];

    internal void Example(string text)
    {
        if (_examples.Count < MostExamples)
            _examples.Add(text);
    }
}
