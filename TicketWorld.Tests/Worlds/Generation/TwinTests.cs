using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Generation.Twins;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

public sealed class TwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("technest", 1)]
    [InlineData("technest", 2)]
    [InlineData("technest", 3)]
    [InlineData("fernhill", 1)]
    [InlineData("fernhill", 2)]
    public void A_pair_differs_in_one_fact_and_in_the_answer(string pack, ulong seed)
    {
        var set = ExportedSet.Make(TestWorlds.Roomy(400, seed) with { Pack = pack, Twins = 60 }, Pack.Load(pack));
        var tickets = set.Tickets.ToDictionary(t => t.Id, StringComparer.Ordinal);
        var twins = set.Tickets.Where(t => t.Json.TryGetProperty("_twin", out var link) && link.TryGetProperty("of", out _)).ToArray();

        Assert.Equal(460, set.Tickets.Length);
        Assert.Equal(60, twins.Length);
        foreach (var twin in twins)
        {
            var link = twin.Json.GetProperty("_twin");
            var other = tickets[link.Text("of")];
            var back = other.Json.GetProperty("_twin");
            Assert.Equal((twin.Id, link.Text("fact"), link.Text("other"), link.Text("this")), (back.Text("with"), back.Text("fact"), back.Text("this"), back.Text("other")));
            Assert.Equal((other.CustomerId, other.OrderId, other.ProductId, other.Sender), (twin.CustomerId, twin.OrderId, twin.ProductId, twin.Sender));
            Assert.NotEqual(Answer(other), Answer(twin));
            Assert.Equal((link.Text("this"), link.Text("other")), (twin.Fact(link.Text("fact")), other.Fact(link.Text("fact"))));
            var differing = Facts(twin).Except(Facts(other)).Concat(Facts(other).Except(Facts(twin))).Where(f => f.Name != link.Text("fact")).ToArray();
            Assert.All(differing, f => Assert.Equal("clock", f.Source));
            Assert.True(differing.Length == 0 || other.At != twin.At, twin.ToString());
            Assert.True(TextLikeness.IsSameBut(other.Body, twin.Body), twin.ToString());
        }
    }

    /// <summary>Of fernhill's claims one brings in a manager and changes nothing else: that somebody was hurt.</summary>
    [Fact]
    public void A_claim_that_brings_in_a_manager_is_crossed_by_a_pair_whose_actions_differ_in_that_alone()
    {
        var folder = _folder.File("set");
        new DatasetGenerator(2).Create(TestWorlds.Roomy(1000, 3) with { Pack = "fernhill", Twins = 400 }, folder);
        Assert.Empty(DatasetVerifier.Verify(folder, new VerificationOptions()).Findings);
        var plans = File.ReadLines(Path.Combine(folder, "support_tickets.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
            .ToDictionary(t => t.Text("ticket_id"), t => t.GetProperty("resolution_plan"), StringComparer.Ordinal);
        var pairs = File.ReadLines(Path.Combine(folder, Manifest.TwinsName)).Select(l => JsonDocument.Parse(l).RootElement).Where(p => p.Text("fact") == "injured").ToArray();

        Assert.NotEmpty(pairs);
        foreach (var pair in pairs)
        {
            var (calm, hurt) = (plans[pair.Text("a")], plans[pair.Text("b")]);
            Assert.Equal(("false", "true"), (pair.Text("a_value"), pair.Text("b_value")));
            Assert.Equal((false, true), (calm.GetProperty("escalation_required").GetBoolean(), hurt.GetProperty("escalation_required").GetBoolean()));
            Assert.Equal([.. Types(calm), "refer_to_manager"], Types(hurt));
        }

        static string[] Types(JsonElement plan) => [.. plan.GetProperty("actions").EnumerateArray().Select(a => a.Text("type"))];
    }

    [Fact]
    public void Twins_change_nothing_else()
    {
        var plain = TestWorlds.Lines(World.Create(TestWorlds.Pack, TestWorlds.Roomy(300, 7)));
        var twinned = World.Create(TestWorlds.Pack, TestWorlds.Roomy(300, 7) with { Twins = 40 });
        var lines = TestWorlds.Lines(twinned);

        Assert.Equal(340, twinned.TicketCount);
        Assert.Equal(340, lines.Count);
        for (var i = 0; i < plain.Count; i++)
            Assert.Equal(WithoutLink(plain[i]), WithoutLink(lines[i]));
        Assert.Equal(40, lines.Take(300).Count(l => JsonDocument.Parse(l).RootElement.TryGetProperty("_twin", out _)));
        Assert.DoesNotContain(plain, l => JsonDocument.Parse(l).RootElement.TryGetProperty("_twin", out _));
    }

    [Fact]
    public void A_set_with_twins_is_appended_to_verified_and_replaced()
    {
        var generator = new DatasetGenerator(2);
        var made = generator.Create(TestWorlds.Roomy(200, 5) with { Twins = 30 }, _folder.Path);
        var twins = File.ReadAllBytes(_folder.File(Manifest.TwinsName));
        Assert.DoesNotContain(Shares.Of(made), s => Math.Abs(s.Tickets - s.Target) > 1);
        generator.Append(50, _folder.Path);

        Assert.Equal(twins, File.ReadAllBytes(_folder.File(Manifest.TwinsName)));
        Assert.Equal(280, File.ReadLines(_folder.File("support_tickets.jsonl")).Count());
        Assert.Empty(DatasetVerifier.Verify(_folder.Path, new VerificationOptions()).Findings);

        generator.Create(TestWorlds.Roomy(20, 5), _folder.Path);
        TestWorlds.AssertComplete(_folder.Path);
    }

    [Theory]
    [InlineData("\"_twin\":{\"of\":", "\"fact\":\"", "\"fact\":\"x")]
    [InlineData("\"_twin\":{\"of\":", "\"this\":\"", "\"this\":\"x")]
    [InlineData("\"_twin\":{\"with\":", "\"other\":\"", "\"other\":\"x")]
    [InlineData("\"_twin\":{\"with\":", "\"with\":\"TK-", "\"with\":\"TK-9")]
    public void A_wrong_link_is_found(string link, string was, string becomes)
    {
        new DatasetGenerator(1).Create(TestWorlds.Roomy(60, 5) with { Twins = 6 }, _folder.Path);
        foreach (var name in (string[])["support_tickets.json", "support_tickets.jsonl"])
        {
            var text = File.ReadAllText(_folder.File(name));
            var at = text.IndexOf(was, text.IndexOf(link, StringComparison.Ordinal), StringComparison.Ordinal);
            File.WriteAllText(_folder.File(name), text[..at] + becomes + text[(at + was.Length)..]);
        }

        Assert.Contains(Verify(), f => f.Field.StartsWith("_twin", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pair_that_is_missing_or_wrong_in_the_file_of_pairs_is_found()
    {
        new DatasetGenerator(1).Create(TestWorlds.Roomy(60, 5) with { Twins = 6 }, _folder.Path);
        var path = _folder.File(Manifest.TwinsName);
        var lines = File.ReadAllLines(path);
        Assert.Equal(6, lines.Length);

        File.WriteAllLines(path, lines[..5]);
        Assert.Contains(Verify(), f => f.File == Manifest.TwinsName);
        File.WriteAllLines(path, [lines[1], lines[0], .. lines[2..]]);
        Assert.Contains(Verify(), f => f.File == Manifest.TwinsName && f.Field == "a");
    }

    [Fact]
    public void More_twins_than_tickets_are_refused() =>
        Assert.Equal("twins", Assert.Throws<WorldException>(() => World.Create(TestWorlds.Pack, new WorldOptions { Tickets = 10, Twins = 11 })).Field);

    private IReadOnlyList<Finding> Verify() => DatasetVerifier.Verify(_folder.Path, new VerificationOptions(ContentOnly: true, Reproduce: false)).Findings;

    private static string Answer(ExportedTicket ticket) => ticket.Outcome + string.Concat(ticket.Actions.Select(a => $"\n{a.Text("type")} {a.Money("value")} {string.Join(",", a.GetProperty("details").EnumerateObject().Where(d => d.Name != "clauses").Select(d => $"{d.Name}={d.Value}"))}"));

    private static IEnumerable<(string Name, string Value, string Source)> Facts(ExportedTicket ticket) =>
        ticket.Json.GetProperty("_facts").EnumerateArray().Select(f => (f.Text("name"), f.Text("value"), f.Text("source")));

    private static string WithoutLink(ReadOnlyMemory<byte> line) =>
        string.Concat(JsonDocument.Parse(line).RootElement.EnumerateObject().Where(p => p.Name != "_twin").Select(p => p.Name + p.Value.GetRawText()));
}
