using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Statistics;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>The second embedded pack: another company, country and currency, by data alone.</summary>
public sealed partial class FernhillTests(ITestOutputHelper output)
{
    private const int Tickets = 4_000;
    private static readonly string[] GeneratorWords = ["scenario", "policy", "clause", "straightforward", "edge case", "wording", "FH-", "resolution", "precedence", "technest"];
    private static readonly Lazy<Pack> Loaded = new(() => Pack.Load("fernhill"));
    private static readonly Lazy<(ChunkReport Report, JsonElement[] Tickets)> Made = new(Make);

    [Fact]
    public void The_pack_has_clauses_and_scenarios_of_every_kind()
    {
        var pack = Loaded.Value;

        Assert.InRange(pack.Policy.Clauses.Length, 30, 64);
        Assert.InRange(pack.Scenarios.Length, 60, 400);
        Assert.All(pack.Policy.Clauses, c => Assert.Matches("^FH-[A-Z]+-[0-9]+$", c.Id));
        Assert.Contains(pack.Policy.Clauses, c => c.Overrides.Length > 0);
        Assert.Contains(pack.Policy.Clauses, c => c.Modifies.Length > 0);
        Assert.Contains(pack.Policy.Clauses, c => c.Requires.Length > 0);
        Assert.Contains(pack.Policy.Clauses, c => c.InteractsWith.Length > 0);
        Assert.Contains(pack.Policy.Clauses, c => c.Versions.Length > 0);
        Assert.Contains(pack.Policy.Clauses, c => c.EffectiveTo is not null);
        Assert.Contains(pack.Scenarios, s => s.Also is not null);
        Assert.Contains(pack.Scenarios, s => s.Refuted.Length > 0);
    }

    [Fact]
    public void Both_oracles_agree_and_every_scenario_and_clause_has_its_tickets()
    {
        var (report, tickets) = Made.Value;
        var scenarios = tickets.Select(t => t.GetProperty("_scenario_template").GetString()).ToHashSet(StringComparer.Ordinal);
        var cited = tickets.SelectMany(t => t.GetProperty("resolution_plan").GetProperty("policy_references").EnumerateArray()).Select(r => r.GetString()).ToHashSet(StringComparer.Ordinal);
        var actions = tickets.SelectMany(t => t.GetProperty("resolution_plan").GetProperty("actions").EnumerateArray()).Select(a => a.GetProperty("type").GetString()).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Tickets, report.Tickets);
        Assert.Equal(0, report.OracleDisagreements);
        Assert.DoesNotContain(Loaded.Value.Scenarios.Select(s => s.Id), id => !scenarios.Contains(id));
        Assert.DoesNotContain(Loaded.Value.Policy.Clauses.Select(c => c.Id), id => !cited.Contains(id));
        Assert.DoesNotContain(Loaded.Value.Policy.Actions.Select(a => a.Name), a => !actions.Contains(a));
    }

    [Fact]
    public void Messages_are_in_pounds_and_no_opening_line_is_common()
    {
        var bodies = Made.Value.Tickets.Select(t => t.GetProperty("body").GetString()!).ToArray();
        var openings = bodies.GroupBy(b => b.Split('\n')[0], StringComparer.Ordinal).OrderByDescending(g => g.Count()).ToArray();

        output.WriteLine($"most common opening line: '{openings[0].Key}' in {openings[0].Count()} of {bodies.Length}");
        Assert.InRange(openings[0].Count(), 1, Tickets / 50);
        Assert.DoesNotContain(bodies, b => b.Contains('$', StringComparison.Ordinal));
        Assert.Contains(bodies, b => b.Contains('£', StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_run_from_a_few_words_to_hundreds()
    {
        var lengths = Made.Value.Tickets.Select(t => t.GetProperty("body").GetString()!.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length).Order().ToArray();

        output.WriteLine($"words: least {lengths[0]}, median {lengths[Tickets / 2]}, 99 % {lengths[Tickets * 99 / 100]}, most {lengths[^1]}");
        Assert.InRange(lengths[0], 8, 14);
        Assert.InRange(lengths[Tickets / 2], 40, 90);
        Assert.InRange(lengths[Tickets * 99 / 100], 180, 300);
        Assert.InRange(lengths[^1], 240, 450);
    }

    [Fact]
    public void Hardly_a_message_has_a_near_duplicate()
    {
        var near = new NearDuplicates();
        foreach (var ticket in Made.Value.Tickets)
            near.Add(Words.Runs(Words.Of(ticket.GetProperty("body").GetString()!), NearDuplicates.RunLength), null);

        Assert.InRange(near.Find().Count(match => match >= 0), 0, Tickets / 1000);
    }

    [Fact]
    public void Messages_are_tidy_and_hold_no_word_of_the_generator()
    {
        foreach (var body in Made.Value.Tickets.Select(t => t.GetProperty("body").GetString()!))
        {
            Assert.False(Untidy().IsMatch(string.Join('\n', body.Split('\n').Where(line => !line.StartsWith('>')))), $"untidy: {body}");
            Assert.DoesNotContain(GeneratorWords, w => body.Contains(w, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Every_share_is_within_one_ticket_of_its_target()
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var world = World.Create(Loaded.Value, new WorldOptions { Tickets = 600, Orders = 600, Customers = 250, Products = 150, Seed = seed });
            var report = world.WriteTickets(0, world.TicketCount, new ArrayBufferWriter<byte>(), new int[world.TicketCount]);
            Assert.DoesNotContain(Shares.Of(world, report), s => Math.Abs(s.Tickets - s.Target) > 1);
        }
    }

    [Fact]
    public void What_customers_say_reads_back()
    {
        var result = MessageTrial.Of(Loaded.Value, 3).Run(20_000, 5);

        Assert.True(result.Rejects == 0, string.Join("\n\n", result.Examples.Select(e => $"{e.Wording} {e.Persona}: {e.Problem}\n{e.Subject}\n{e.Body}")));
    }

    [Fact]
    public void Customers_live_in_the_kingdom_and_have_numbers_that_are_kept_for_drama()
    {
        var world = World.Create(Loaded.Value, new WorldOptions { Tickets = 10, Orders = 10, Customers = 8_000, Products = 60, Seed = 4 });

        Assert.All(world.Book.Customers, c => Assert.Matches(Postcode(), c.ShippingAddress.Zip));
        Assert.All(world.Book.Customers, c => Assert.Matches(DramaNumber(), c.Phone));
        Assert.Equal(8_000, world.Book.Customers.Select(c => c.Phone).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void No_sentence_is_taken_from_the_other_pack()
    {
        var other = Sentences("technest");

        Assert.DoesNotContain(Sentences("fernhill"), s => s.Count(c => c == ' ') >= 4 && char.IsUpper(s[0]) && other.Contains(s));
    }

    private static (ChunkReport Report, JsonElement[] Tickets) Make()
    {
        var world = World.Create(Loaded.Value, new WorldOptions { Tickets = Tickets, Orders = Tickets, Customers = Tickets / 2, Products = 150, Seed = 11 });
        var buffer = new ArrayBufferWriter<byte>(1 << 24);
        var report = world.WriteTickets(0, Tickets, buffer, new int[Tickets]);
        using var lines = new StreamReader(new MemoryStream(buffer.WrittenSpan.ToArray()));
        var tickets = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
            tickets.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return (report, [.. tickets]);
    }

    /// <summary>Phrases without notation: slots, rules and everything around them cut away.</summary>
    private static HashSet<string> Sentences(string pack) =>
        PackSource.Open(pack).Read("phrases.yaml")["rules"].Entries
            .SelectMany(rule => rule.Value.Items)
            .Select(item => item.IsMap ? item["say"].Text : item.Text)
            .SelectMany(text => Notation().Split(text))
            .Select(piece => piece.Trim())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"<[^>]*>|\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Notation();

    [GeneratedRegex(@"  | \n|\n\n\n|\n |\.\.| [.,!?]|[{}<>]|,,|\?\.|!\.|,\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Untidy();

    [GeneratedRegex("^[A-Z]{1,2}[1-9] [1-9][A-Z]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^(011[3-8] 496 0|01[2-6]1 496 0|0191 498 0|020 7946 0|028 9649 6|029 2018 0|01632 960 |07700 900 )[0-9]{3}( x[0-9]{4})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DramaNumber();
}
