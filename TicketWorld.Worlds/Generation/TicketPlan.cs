using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>What a ticket is to be, before an order is found for it.</summary>
/// <param name="Completeness">Index into the pack's completeness shares.</param>
/// <param name="Kind">Index into the kinds of that completeness.</param>
internal readonly record struct PlannedTicket(int Scenario, int Tier, int Completeness, int Kind, int Sentiment);

/// <summary>
/// Assigns scenario, tier, completeness and sentiment to ticket indices so that the shares of each hold exactly (largest
/// remainder). Every dimension has its own keyed permutation of the indices, so that the dimensions are independent and ticket i is
/// planned without planning the others. Ticket type and complexity share one, as only some pairs have scenarios.
/// </summary>
internal sealed class TicketPlan
{
    private readonly int[] _scenarioEnds;
    private readonly int[] _scenarios;
    private readonly int[] _tierEnds;
    private readonly int[] _completenessEnds;
    private readonly int[] _sentimentEnds;
    private readonly int[][] _kindEnds;
    private readonly Permutation _byScenario;
    private readonly Permutation _byTier;
    private readonly Permutation _byCompleteness;
    private readonly Permutation _bySentiment;

    /// <param name="block">0 for the tickets that create a set, then one for each time that tickets are appended.</param>
    /// <param name="usable">Scenarios that the catalogue allows.</param>
    /// <param name="tiers">Shares of the tiers.</param>
    public TicketPlan(PackSettings settings, Scenario[] scenarios, Func<Scenario, bool> usable, Share[] tiers, int count, ulong seed, int block)
    {
        Count = count;
        (_scenarios, var counts) = ScenarioCounts(settings, [.. scenarios.Where(usable)], count);
        _scenarioEnds = Quota.Ends(counts);
        _tierEnds = Quota.Ends(Quota.Split(count, tiers));
        var completeness = Quota.Split(count, settings.Completeness);
        _completenessEnds = Quota.Ends(completeness);
        _sentimentEnds = Quota.Ends(Quota.Split(count, settings.Sentiment));
        _kindEnds =
        [
            .. settings.Completeness.Select((share, i) => Quota.Ends(share.Name switch
            {
                "missing_details" => Quota.Split(completeness[i], settings.MissingDetails),
                "wrong_info" => Quota.Split(completeness[i], settings.WrongInfo),
                _ => [completeness[i]],
            })),
        ];
        var stream = Seeds.Plan + ((ulong)block << 16);
        _byScenario = new Permutation((ulong)count, seed, stream + (1 << 8));
        _byTier = new Permutation((ulong)count, seed, stream + (2 << 8));
        _byCompleteness = new Permutation((ulong)count, seed, stream + (3 << 8));
        _bySentiment = new Permutation((ulong)count, seed, stream + (4 << 8));
    }

    public int Count { get; }

    public PlannedTicket this[int index]
    {
        get
        {
            var place = (int)_byCompleteness[(ulong)index];
            var completeness = Quota.Find(_completenessEnds, place);
            var within = place - (completeness == 0 ? 0 : _completenessEnds[completeness - 1]);
            return new PlannedTicket(
                ScenarioOf(index),
                Quota.Find(_tierEnds, (int)_byTier[(ulong)index]),
                completeness,
                Quota.Find(_kindEnds[completeness], within),
                Quota.Find(_sentimentEnds, (int)_bySentiment[(ulong)index]));
        }
    }

    public int ScenarioOf(int index)
    {
        var place = (int)_byScenario[(ulong)index];
        var at = Array.BinarySearch(_scenarioEnds, place);

        // Ends are exclusive; equal ends (scenarios without a ticket) are passed over.
        var part = at >= 0 ? at + 1 : ~at;
        while (_scenarioEnds[part] <= place)
            part++;
        return _scenarios[part];
    }

    private static (int[] Scenarios, int[] Counts) ScenarioCounts(PackSettings settings, Scenario[] usable, int count)
    {
        var types = settings.TicketTypes;
        var levels = settings.Complexity;
        var weights = new int[types.Length, levels.Length];
        for (var t = 0; t < types.Length; t++)
        {
            for (var c = 0; c < levels.Length; c++)
                weights[t, c] = usable.Where(s => s.TicketType == types[t].Name && s.Complexity == levels[c].Name).Sum(s => s.Weight);
        }

        // A type without a usable scenario gives its share to the others.
        var open = types.Select((type, t) => Enumerable.Range(0, levels.Length).Any(c => weights[t, c] > 0) ? type.Weight : 0).ToArray();
        var table = QuotaTable.Fill(Quota.Split(count, open), Quota.Split(count, levels), weights);
        var scenarios = new List<int>();
        var counts = new List<int>();
        for (var t = 0; t < types.Length; t++)
        {
            for (var c = 0; c < levels.Length; c++)
            {
                Scenario[] cell = [.. usable.Where(s => s.TicketType == types[t].Name && s.Complexity == levels[c].Name)];
                scenarios.AddRange(cell.Select(s => s.Index));
                counts.AddRange(Quota.Split(table[t, c], cell.Select(s => s.Weight).ToArray()));
            }
        }

        return ([.. scenarios], [.. counts]);
    }
}
