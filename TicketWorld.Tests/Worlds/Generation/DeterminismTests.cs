using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>Same engine, pack, options and seed: same bytes, however they are made.</summary>
public class DeterminismTests
{
    [Theory]
    [InlineData(1200, 1200)]
    [InlineData(1200, 300)]
    public void A_set_has_the_same_bytes_every_time_and_with_any_number_of_threads(int tickets, int orders)
    {
        var options = new WorldOptions { Tickets = tickets, Orders = orders, Customers = 400, Products = 90, Seed = 99 };
        var digests = new List<SortedDictionary<string, string>>();
        foreach (var threads in (int[])[1, 1, 2, 5])
        {
            using var folder = new TemporaryFolder();
            new DatasetGenerator(threads).Create(options, folder.Path);
            TestWorlds.AssertComplete(folder.Path);
            digests.Add(TestWorlds.Digests(folder.Path));
        }

        Assert.All(digests, d => Assert.Equal(digests[0], d));
    }

    [Theory]
    [InlineData(700, 700)]
    [InlineData(700, 90)]
    public void Tickets_are_the_same_in_any_split_and_order(int tickets, int orders)
    {
        var options = new WorldOptions { Tickets = tickets, Orders = orders, Seed = 5, Appended = [60, 40] };
        var whole = TestWorlds.Lines(World.Create(TestWorlds.Pack, options)).ConvertAll(l => Convert.ToHexString(l.Span));
        var world = World.Create(TestWorlds.Pack, options);
        var runs = from first in Gen.Choose(0, tickets + 99)
                   from count in Gen.Choose(0, Math.Min(200, tickets + 100 - first))
                   select (first, count);
        Prop.ForAll(runs.ToArbitrary(), run =>
            Assert.Equal(whole.GetRange(run.first, run.count), TestWorlds.Lines(world, run.first, run.count).ConvertAll(l => Convert.ToHexString(l.Span)))).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Another_seed_shares_no_ticket_id_and_hardly_a_body()
    {
        var a = ExportedSet.Make(TestWorlds.Roomy(10_000, 1));
        var b = ExportedSet.Make(TestWorlds.Roomy(10_000, 2));
        Assert.Empty(a.Tickets.Select(t => t.Id).Intersect(b.Tickets.Select(t => t.Id), StringComparer.Ordinal));
        var bodies = a.Tickets.Select(t => t.Body).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(b.Tickets.Count(t => bodies.Contains(t.Body)), 0, 99);
        Assert.Equal(10_000, a.Tickets.Select(t => t.Id).Distinct().Count());
        Assert.All(a.Tickets, t => Assert.Matches("^TK-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{12}$", t.Id));
        Assert.All(a.Tickets, t => Assert.Equal($"{t.At:yyyyMMdd}", t.Id[3..11]));
    }

    [Fact]
    public void Ticket_ids_are_unique_over_a_hundred_thousand()
    {
        var ids = new TicketId(12345);
        var day = new DateTime(2026, 2, 15, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(i => ids.Of(i, day)).Distinct().Count());
    }

    [Fact]
    public void Without_debug_only_the_debug_keys_are_missing()
    {
        var options = TestWorlds.Roomy(800, 3);
        var debug = TestWorlds.Lines(World.Create(TestWorlds.Pack, options));
        var plain = TestWorlds.Lines(World.Create(TestWorlds.Pack, options with { Debug = false }));
        Assert.Equal(debug.Count, plain.Count);
        for (var i = 0; i < plain.Count; i++)
            Assert.Equal(WithoutDebugKeys(debug[i]), System.Text.Encoding.UTF8.GetString(plain[i].Span));
        Assert.DoesNotContain(plain, p => System.Text.Encoding.UTF8.GetString(p.Span).Contains("\"_", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_in_a_set_without_debug_keys_names_the_seed_but_the_manifest()
    {
        using var folder = new TemporaryFolder();
        new DatasetGenerator(1).Create(new WorldOptions { Seed = 7_340_119_265_887, Debug = false }, folder.Path);
        Assert.All(Manifest.FileNames, name => Assert.DoesNotContain("7340119265887", File.ReadAllText(folder.File(name)), StringComparison.Ordinal));
    }

    /// <summary>Cuts the members whose name begins with an underscore out of a line, and changes no other byte.</summary>
    private static string WithoutDebugKeys(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        var kept = new List<byte>();
        var done = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || reader.ValueSpan[0] != '_')
                continue;
            var start = (int)reader.TokenStartIndex;
            while (line.Span[start] != ',')
                start--;
            kept.AddRange(line.Span[done..start]);
            reader.Read();
            reader.Skip();
            done = (int)reader.BytesConsumed;
        }

        kept.AddRange(line.Span[done..]);
        return System.Text.Encoding.UTF8.GetString([.. kept]);
    }
}
