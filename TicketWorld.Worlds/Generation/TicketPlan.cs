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
/// planned without planning the others. Ticket type and complexity share one, as only some pairs have scenarios; where
/// tickets share orders, tier shares it too, as only some pairs of scenario and tier have an order. Completeness is dealt out among
/// the scenarios that can have it.
/// </summary>
internal sealed class TicketPlan
{
    private readonly int[] _cellEnds;
    private readonly (int Scenario, int Tier)[] _cells;
    private readonly int[] _tierEnds;
    private readonly int[] _sentimentEnds;
    private readonly CompletenessPlan _completeness;
    private readonly Permutation _byScenario;
    private readonly Permutation _byTier;
    private readonly Permutation _bySentiment;

    /// <param name="block">0 for the tickets that create a set, then one for each time that tickets are appended.</param>
    /// <param name="usable">Scenarios that the catalogue, or the orders, allow.</param>
    /// <param name="tiers">Shares of the tiers.</param>
    /// <param name="pairs">Which pairs of scenario and tier have an order; null when each may have.</param>
    public TicketPlan(PackSettings settings, Scenario[] scenarios, Func<Scenario, bool> usable, Share[] tiers, Func<Scenario, int, bool>? pairs, int count, SeedKey seed, int block)
    {
        Count = count;
        Scenario[] open = [.. scenarios.Where(usable)];
        if (open.Length == 0)
            throw new WorldException("no_order_fits", "No scenario of the pack fits the orders and products.", "Ask for more orders or products.", "orders");
        var (ofPlan, counts) = ScenarioCounts(settings, open, count);
        var kinds = Array.ConvertAll(ofPlan, s => CompletenessPlan.Possible(settings, s));
        int[] byKinds = [.. Enumerable.Range(0, kinds.Length).OrderBy(i => kinds[i])];
        (ofPlan, counts) = (Array.ConvertAll(byKinds, i => ofPlan[i]), Array.ConvertAll(byKinds, i => counts[i]));
        var tierCounts = Quota.Split(count, tiers);
        _tierEnds = Quota.Ends(tierCounts);
        (_cells, _cellEnds) = pairs is null
            ? (ofPlan.Select(s => (s.Index, -1)).ToArray(), Quota.Ends(counts))
            : Pairs(ofPlan, counts, tiers, tierCounts, pairs);
        _sentimentEnds = Quota.Ends(Quota.Split(count, settings.Sentiment));
        var stream = Seeds.Plan + ((ulong)block << 16);
        _byScenario = new Permutation((ulong)count, seed, stream + (1 << 8));
        _byTier = new Permutation((ulong)count, seed, stream + (2 << 8));
        _completeness = new CompletenessPlan(settings, ofPlan, counts, seed, stream + (3 << 8));
        _bySentiment = new Permutation((ulong)count, seed, stream + (4 << 8));
    }

    public int Count { get; }

    public PlannedTicket this[int index]
    {
        get
        {
            var place = (int)_byScenario[(ulong)index];
            var (scenario, tier) = Cell(place);
            var (completeness, kind) = _completeness[place];
            return new PlannedTicket(
                scenario,
                tier >= 0 ? tier : Quota.Find(_tierEnds, (int)_byTier[(ulong)index]),
                completeness,
                kind,
                Quota.Find(_sentimentEnds, (int)_bySentiment[(ulong)index]));
        }
    }

    private (int Scenario, int Tier) Cell(int place)
    {
        var at = Array.BinarySearch(_cellEnds, place);

        // Ends are exclusive; equal ends (cells without a ticket) are passed over.
        var part = at >= 0 ? at + 1 : ~at;
        while (_cellEnds[part] <= place)
            part++;
        return _cells[part];
    }

    private static ((int Scenario, int Tier)[] Cells, int[] Ends) Pairs(Scenario[] scenarios, int[] counts, Share[] tiers, int[] tierCounts, Func<Scenario, int, bool> pairs)
    {
        var weights = new int[scenarios.Length, tiers.Length];
        for (var s = 0; s < scenarios.Length; s++)
        {
            for (var t = 0; t < tiers.Length; t++)
                weights[s, t] = pairs(scenarios[s], t) ? tiers[t].Weight : 0;
        }

        var table = QuotaTable.Fill(counts, tierCounts, weights);
        var cells = new List<(int, int)>();
        var sizes = new List<int>();
        for (var s = 0; s < scenarios.Length; s++)
        {
            for (var t = 0; t < tiers.Length; t++)
            {
                cells.Add((scenarios[s].Index, t));
                sizes.Add(table[s, t]);
            }
        }

        return ([.. cells], Quota.Ends(sizes.ToArray()));
    }

    /// <summary>How many of a number of tickets each scenario gets; scenarios of labels that the settings lack get none and are left out.</summary>
    public static (Scenario[] Scenarios, int[] Counts) ScenarioCounts(PackSettings settings, Scenario[] usable, int count)
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
        var scenarios = new List<Scenario>();
        var counts = new List<int>();
        for (var t = 0; t < types.Length; t++)
        {
            for (var c = 0; c < levels.Length; c++)
            {
                Scenario[] cell = [.. usable.Where(s => s.TicketType == types[t].Name && s.Complexity == levels[c].Name)];
                scenarios.AddRange(cell);
                counts.AddRange(Quota.Split(table[t, c], cell.Select(s => s.Weight).ToArray()));
            }
        }

        return ([.. scenarios], [.. counts]);
    }
}
