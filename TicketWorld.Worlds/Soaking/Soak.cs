using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Soaking;

/// <summary>What to soak.</summary>
/// <param name="Tickets">Of all packs and seeds together.</param>
/// <param name="Packs">Names of embedded packs, or folders.</param>
public sealed record SoakOptions(int Tickets, int Seeds, ulong FirstSeed, IReadOnlyList<string> Packs, int Threads);

/// <summary>One set that was made and verified.</summary>
public readonly record struct SoakRun(string Pack, ulong Seed, int Tickets, int Done, int Of);

/// <summary>Makes sets of many seeds in a temporary folder, verifies each from its files, and counts contradictions.</summary>
public static class Soak
{
    /// <exception cref="PackException">A pack cannot be used.</exception>
    /// <exception cref="WorldException">A ticket cannot be proved.</exception>
    public static IReadOnlyList<SoakReport> Run(SoakOptions options, Action<SoakRun> progress, CancellationToken cancellation)
    {
        var runs = options.Seeds * options.Packs.Count;
        if (runs < 1 || options.Tickets < runs)
            throw new ArgumentException($"{options.Tickets} tickets are asked for in {runs} sets; there must be a set, and a ticket in each.", nameof(options));
        var done = 0;
        var reports = new List<SoakReport>();
        foreach (var name in options.Packs)
        {
            var pack = Pack.Load(name);
            var report = new SoakReport(name);
            reports.Add(report);
            for (var seed = 0; seed < options.Seeds; seed++)
            {
                // Remainders go to the first runs, so that the sum is what was asked for.
                var tickets = options.Tickets / runs + (done < options.Tickets % runs ? 1 : 0);
                RunOne(pack, Options(name, options.FirstSeed + (ulong)seed, tickets), options.Threads, report, cancellation);
                progress(new SoakRun(name, options.FirstSeed + (ulong)seed, tickets, ++done, runs));
            }
        }

        return reports;
    }

    /// <summary>The world of a seed: an order for each ticket, since shares are promised only then, and other counts from seed to seed.</summary>
    private static WorldOptions Options(string pack, ulong seed, int tickets) => new()
    {
        Pack = pack,
        Seed = seed,
        Tickets = tickets,
        Orders = tickets + (int)(seed % 3) * (tickets / 4),
        Customers = tickets / 3 + 60 + (int)(seed % 7),
        Products = 300 + (int)(seed * 17 % 400),
    };

    private static void RunOne(Pack pack, WorldOptions options, int threads, SoakReport report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-soak-");
        try
        {
            var made = new DatasetGenerator(threads).Create(options, folder.FullName, cancellation);
            var verified = DatasetVerifier.Verify(folder.FullName, new VerificationOptions(ListedFindings: 5, Reproduce: false), cancellation: cancellation);
            report.Runs++;
            report.Tickets += verified.Tickets;
            report.OracleDisagreements += made.Report.OracleDisagreements + verified.OracleDisagreements;
            report.GateRejects += made.Report.GateRejects;
            report.Findings += verified.FindingCount;
            foreach (var finding in verified.Findings)
                report.Example($"seed {options.Seed}: {finding.File} {finding.Record} {finding.Field}: {finding.Problem}");
            foreach (var share in Shares.Of(made).Where(s => Math.Abs(s.Tickets - s.Target) is var off && off > report.WorstQuota))
            {
                report.WorstQuota = Math.Abs(share.Tickets - share.Target);
                if (report.WorstQuota > 1)
                    report.Example($"seed {options.Seed}: {share.Dimension} {share.Label} has {share.Tickets} of {share.Target}: {share.Cause}");
            }

            CountContradictions(folder.FullName, pack, report, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CountContradictions(string folder, Pack pack, SoakReport report, CancellationToken cancellation)
    {
        var reader = DatasetReader.Open(folder);
        using var records = new SetRecords(reader.Database());
        using var graph = new StreamReader(reader.PathOf(DatasetReader.PolicyGraphName));
        var counter = new ContradictionCounter(records, PolicyReader.ReadGraph(DatasetReader.PolicyGraphName, graph), pack.Scenarios, report);
        foreach (var ticket in reader.Tickets())
        {
            cancellation.ThrowIfCancellationRequested();
            counter.Take(ticket);
        }

        counter.End();
    }
}
