using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Statistics;

/// <summary>Measures a set: one pass over the tickets on all processors, then the search for near-duplicates.</summary>
public sealed class StatisticsCollector
{
    private const int Batch = 512;
    private static readonly int[] BarStarts = [0, 8, 20, 40, 60, 80, 100, 150, 200, 300, 500];
    private readonly Tally _openings = new();
    private readonly Tally _firstWords = new();
    private readonly Tally _outcomes = new();
    private readonly Tally _actions = new();
    private readonly Tally _clauses = new();
    private readonly SortedDictionary<int, long> _cited = [];
    private readonly SortedDictionary<int, long> _lengths = [];
    private readonly Dictionary<string, Tally> _dimensions = new(StringComparer.Ordinal);
    private readonly HashSet<ulong>[] _runs = [[], [], []];
    private readonly long[] _runCounts = new long[3];
    private readonly NearDuplicates _near = new();
    private readonly List<string> _ids = [];

    private StatisticsCollector()
    {
    }

    /// <exception cref="WorldException">A file of the set cannot be read.</exception>
    public static DatasetStatistics Collect(DatasetReader set, CancellationToken cancellation = default)
    {
        var collector = new StatisticsCollector();
        var number = 0;
        foreach (var lines in set.Lines().Chunk(Batch))
        {
            var measures = new TicketMeasures[lines.Length];
            var first = number;
            try
            {
                Parallel.For(0, lines.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
                {
                    using var ticket = set.ParseTicket(lines[i], first + i + 1);
                    measures[i] = TicketMeasures.Of(ticket.RootElement);
                });
            }
            catch (AggregateException e) when (e.InnerExceptions.OfType<WorldException>().FirstOrDefault() is { } fault)
            {
                throw new WorldException(fault.Code, fault.Message, fault.Remedy, fault.Field, fault.Value);
            }

            number += lines.Length;
            foreach (var ticket in measures)
                collector.Add(ticket);
        }

        return collector.Finish(set);
    }

    private void Add(TicketMeasures ticket)
    {
        _ids.Add(ticket.Id);
        _openings.Add(ticket.OpeningLine);
        _firstWords.Add(ticket.FirstFiveWords);
        _outcomes.Add(ticket.Outcome);
        foreach (var action in ticket.Actions.Distinct())
            _actions.Add(action);
        foreach (var clause in ticket.Deciding)
            _clauses.Add(clause);
        Increment(_cited, ticket.Cited);
        Increment(_lengths, ticket.WordCount);
        foreach (var (dimension, label) in ticket.Labels)
        {
            if (!_dimensions.TryGetValue(dimension, out var tally))
                _dimensions[dimension] = tally = new Tally();
            tally.Add(label);
        }

        AddRuns(0, ticket.Runs1);
        AddRuns(1, ticket.Runs2);
        AddRuns(2, ticket.Runs3);
        _near.Add(ticket.Runs5, ticket.Twins);
    }

    private void AddRuns(int index, ulong[] runs)
    {
        _runCounts[index] += runs.Length;
        _runs[index].UnionWith(runs);
    }

    private DatasetStatistics Finish(DatasetReader set)
    {
        long tickets = _ids.Count;
        var matches = _near.Find();
        var found = Array.FindIndex(matches, m => m >= 0);
        using var graph = set.PolicyGraph();
        string[] ids = graph.RootElement.TryGetProperty("clauses", out var clauses) && clauses.ValueKind == JsonValueKind.Object ? [.. clauses.EnumerateObject().Select(c => c.Name)] : [];
        foreach (var id in ids)
            _clauses.Add(id, 0);
        var deciding = _clauses.Sorted(tickets);
        return new DatasetStatistics(
            graph.RootElement.TryGetProperty("company", out var company) ? company.ToString() : "",
            Records(set, tickets),
            _dimensions.OrderBy(d => d.Key, StringComparer.Ordinal).ToDictionary(d => d.Key, d => d.Value.Sorted(tickets)),
            new TextStatistics(
                _openings.Most(tickets),
                _firstWords.Most(tickets),
                Tally.Of("near_duplicates", matches.Count(m => m >= 0), tickets),
                found < 0 ? [] : [_ids[found], _ids[matches[found]]],
                Distinct(0),
                Distinct(1),
                Distinct(2),
                Lengths()),
            _outcomes.Sorted(tickets),
            _actions.Sorted(tickets),
            deciding,
            [.. deciding.Where(c => c.Tickets == 0).Select(c => c.Name)],
            [.. _cited.Select(c => Tally.Of(c.Key.ToString(), c.Value, tickets))]);
    }

    private double Distinct(int index) => _runCounts[index] == 0 ? 0 : (double)_runs[index].Count / _runCounts[index];

    private LengthStatistics Lengths() => new(
        Percentile(0),
        Percentile(50),
        Percentile(90),
        Percentile(99),
        Percentile(100),
        [.. BarStarts.Select((from, i) => new LengthBar(
            from,
            i + 1 < BarStarts.Length ? BarStarts[i + 1] - 1 : null,
            _lengths.Where(l => l.Key >= from && (i + 1 == BarStarts.Length || l.Key < BarStarts[i + 1])).Sum(l => l.Value)))]);

    /// <summary>The smallest length that at least this share of the bodies does not exceed (nearest rank).</summary>
    private int Percentile(int percent)
    {
        var rank = Math.Max(1, (_ids.Count * (long)percent + 99) / 100);
        long seen = 0;
        foreach (var (length, count) in _lengths)
        {
            seen += count;
            if (seen >= rank)
                return length;
        }

        return 0;
    }

    private static Dictionary<string, long> Records(DatasetReader set, long tickets)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["tickets"] = tickets };
        using var database = set.Database();
        foreach (var array in database.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
            counts[array.Name] = array.Value.GetArrayLength();
        return counts;
    }

    private static void Increment(SortedDictionary<int, long> counts, int key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
