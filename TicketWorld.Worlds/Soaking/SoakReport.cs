using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Soaking;

/// <summary>What a soak found in the sets of one pack, or of all. Every figure but tickets, runs, what-ifs and gate rejects is to be 0.</summary>
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

    /// <summary>How far, in tickets, a share is from its target at worst, in the sets that have an order for each ticket.</summary>
    public int WorstQuota { get; internal set; }

    /// <summary>By kind of contradiction: how many there are.</summary>
    public long[] Contradictions { get; } = new long[Enum.GetValues<Contradiction>().Length];

    /// <summary>The first of what is wrong, in words.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Quotas are whole numbers, so one ticket of deviation is none.</summary>
    public bool IsClean => OracleDisagreements == 0 && NonUnique == 0 && Findings == 0 && WorstQuota <= 1 && Contradictions.Sum() == 0;

    private const int MostExamples = 20;
    private readonly List<string> _examples = [];

    /// <summary>The reports of several packs in one.</summary>
    public static SoakReport Total(IEnumerable<SoakReport> reports)
    {
        var total = new SoakReport("all packs");
        foreach (var report in reports)
        {
            total.Runs += report.Runs;
            total.Tickets += report.Tickets;
            total.OracleDisagreements += report.OracleDisagreements;
            total.NonUnique += report.NonUnique;
            total.Findings += report.Findings;
            total.GateRejects += report.GateRejects;
            total.WorstQuota = Math.Max(total.WorstQuota, report.WorstQuota);
            for (var kind = 0; kind < total.Contradictions.Length; kind++)
                total.Contradictions[kind] += report.Contradictions[kind];
            foreach (var example in report.Examples)
                total.Example($"{report.Pack}: {example}");
        }

        return total;
    }

    /// <summary>Takes in what making a set, or a block of it, told.</summary>
    internal void Take(GenerationResult made, SoakShape shape, ulong seed)
    {
        OracleDisagreements += made.Report.OracleDisagreements;
        GateRejects += made.Report.GateRejects;
        if (!shape.HasOwnOrders)
            return;
        foreach (var share in Shares.Of(made))
        {
            var off = Math.Abs(share.Tickets - share.Target);
            WorstQuota = Math.Max(WorstQuota, off);
            if (off > 1)
                Example($"seed {seed}, {shape.Name}: {share.Dimension} {share.Label} has {share.Tickets} of {share.Target}: {share.Cause}");
        }
    }

    /// <summary>Takes in what the verification of a set found.</summary>
    internal void Take(VerificationReport verified, ulong seed)
    {
        Runs++;
        Tickets += verified.Tickets;
        OracleDisagreements += verified.OracleDisagreements;
        Findings += verified.FindingCount;
        foreach (var finding in verified.Findings)
            Example($"seed {seed}: {finding.File} {finding.Record} {finding.Field}: {finding.Problem}");
    }

    internal void Example(string text)
    {
        if (_examples.Count < MostExamples)
            _examples.Add(text);
    }
}
