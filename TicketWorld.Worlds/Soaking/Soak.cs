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
/// <param name="Shape">What its options are like.</param>
public readonly record struct SoakRun(string Pack, ulong Seed, string Shape, int Tickets, int Done, int Of);

/// <summary>
/// Makes sets of many seeds in a temporary folder, verifies each from its files, and counts contradictions. A set is removed before the next
/// is made, so that neither disk nor memory grow with their number.
/// </summary>
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
            for (var number = 0; number < options.Seeds; number++)
            {
                // Remainders go to the first runs, so that the sum is what was asked for.
                var tickets = options.Tickets / runs + (done < options.Tickets % runs ? 1 : 0);
                var shape = SoakShape.All[number % SoakShape.All.Count];
                var seed = options.FirstSeed + (ulong)number;
                RunOne(pack, name, shape, seed, tickets, options.Threads, report, cancellation);
                progress(new SoakRun(name, seed, shape.Name, tickets, ++done, runs));
            }
        }

        return reports;
    }

    private static void RunOne(Pack pack, string name, SoakShape shape, ulong seed, int tickets, int threads, SoakReport report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-soak-");
        try
        {
            var (options, appended) = shape.Options(name, seed, tickets);
            var generator = new DatasetGenerator(threads);
            report.Take(generator.Create(options, folder.FullName, cancellation), shape, seed);
            if (appended > 0)
                report.Take(generator.Append(appended, folder.FullName, name, cancellation), shape, seed);
            report.Take(DatasetVerifier.Verify(folder.FullName, new VerificationOptions(ListedFindings: 5, Reproduce: false), cancellation: cancellation), seed);
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
