using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Assigns completeness and its kind to the places of a plan so that the shares hold although not every scenario can have every
/// kind: a question about no order has no number to leave out. Scenarios that can have the same kinds stand together, and a
/// table of groups and kinds is filled before kinds are dealt out within each group.
/// </summary>
internal sealed class CompletenessPlan
{
    private readonly (int Completeness, int Kind)[] _kinds;
    private readonly int[] _groupEnds;
    private readonly int[][] _kindEnds;
    private readonly Permutation[] _order;

    /// <param name="scenarios">In the order of <see cref="Possible"/>, as their tickets stand in the plan.</param>
    /// <param name="counts">Tickets of each.</param>
    /// <param name="stream">Has room for 16 permutations.</param>
    public CompletenessPlan(PackSettings settings, Scenario[] scenarios, int[] counts, SeedKey seed, ulong stream)
    {
        var groups = scenarios.Zip(counts).GroupBy(s => Possible(settings, s.First), s => s.Second).Select(g => (Possible: g.Key, Tickets: g.Sum())).ToArray();
        var sizes = Array.ConvertAll(groups, g => g.Tickets);
        _groupEnds = Quota.Ends(sizes);
        _order = [.. sizes.Select((size, g) => new Permutation((ulong)Math.Max(size, 1), seed, stream + ((ulong)g << 12)))];

        var names = settings.Completeness.Select(c => Kinds(settings, c.Name)).ToArray();
        _kinds = [.. names.SelectMany((kinds, c) => kinds.Select((_, k) => (c, k)))];
        var firsts = names.Select((_, c) => Array.IndexOf(_kinds, (c, 0))).ToArray();

        // A weight is at least 1, so that a group that can only be complete has a place even where nothing else is to be.
        var whole = QuotaTable.Fill(sizes, Quota.Split(sizes.Sum(), settings.Completeness), Weights(groups.Length, names.Length, (g, c) =>
            Enumerable.Range(firsts[c], names[c].Length).Any(k => Has(groups[g].Possible, k)) ? Math.Max(1, settings.Completeness[c].Weight) : 0));
        _kindEnds = Array.ConvertAll(sizes, _ => new int[_kinds.Length]);
        for (var c = 0; c < names.Length; c++)
        {
            int[] rows = [.. Enumerable.Range(0, groups.Length).Select(g => whole[g, c])];
            var parts = QuotaTable.Fill(rows, Quota.Split(rows.Sum(), names[c]), Weights(groups.Length, names[c].Length, (g, k) => Has(groups[g].Possible, firsts[c] + k) ? names[c][k].Weight : 0));
            for (var g = 0; g < groups.Length; g++)
            {
                for (var k = 0; k < names[c].Length; k++)
                    _kindEnds[g][firsts[c] + k] = parts[g, k];
            }
        }

        _kindEnds = Array.ConvertAll(_kindEnds, parts => Quota.Ends(parts));
    }

    /// <summary>Indices of the completeness and of the kind within it, for a place of the plan.</summary>
    public (int Completeness, int Kind) this[int place]
    {
        get
        {
            var group = Quota.Find(_groupEnds, place);
            var within = (int)_order[group][(ulong)(place - (group == 0 ? 0 : _groupEnds[group - 1]))];
            return _kinds[Quota.Find(_kindEnds[group], within)];
        }
    }

    /// <summary>The kinds that a message of a scenario can have, as bits in the order of the settings.</summary>
    public static int Possible(PackSettings settings, Scenario scenario)
    {
        var (possible, bit) = (0, 1);
        foreach (var kind in settings.Completeness.SelectMany(c => Kinds(settings, c.Name)))
        {
            if (kind.Weight > 0 && IsPossible(settings, scenario, kind.Name))
                possible |= bit;
            bit <<= 1;
        }

        return possible;
    }

    /// <summary>The kinds of a completeness; one, of its own name, where it has none.</summary>
    private static Share[] Kinds(PackSettings settings, string completeness) => completeness switch
    {
        "missing_details" => settings.MissingDetails,
        "wrong_info" => settings.WrongInfo,
        _ => [new Share(completeness, 1)],
    };

    /// <remarks>Without an order, less detail means a question, and a question is never escalated.</remarks>
    private static bool IsPossible(PackSettings settings, Scenario scenario, string kind) => kind switch
    {
        "missing_order_number" or "incorrect_info" => scenario.Order is not null,
        "minimal_details" => scenario.Order is not null
            || (scenario.Complexity != settings.EscalationComplexity && (scenario.Subject == Policy.RequestSubject.Product || scenario.Withhold != 0)),
        _ => true,
    };

    private static bool Has(int possible, int kind) => (possible >> kind & 1) != 0;

    private static int[,] Weights(int rows, int columns, Func<int, int, int> weight)
    {
        var weights = new int[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                weights[r, c] = weight(r, c);
        }

        return weights;
    }
}
