using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Randomness;

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

    /// <summary>Digests of these seeds would have to agree in all 128 bits for two worlds to be one.</summary>
    [Fact]
    public void Seeds_that_differ_in_any_half_give_other_worlds()
    {
        var low = UInt128.Parse("00000000000000009f3c5a7712e0b4d8", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        UInt128[] seeds = [low, low | (UInt128)1 << 64, low | (UInt128)1 << 127, low | (UInt128)1 << 126, low + 1];
        var ids = seeds.SelectMany(seed => ExportedSet.Make(TestWorlds.Roomy(200, 0) with { Seed = new WorldSeed(seed) }).Tickets.Select(t => t.Id));
        Assert.Equal(200 * seeds.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>What was one key of 64 bits is the first word alone: worlds whose keys agree in it share nothing, nor do those that agree in the second.</summary>
    [Theory]
    [InlineData(5, 1, 5, 2)]
    [InlineData(5, 1, 6, 1)]
    public void Keys_that_share_a_word_give_other_records_and_plans(ulong place, ulong motion, ulong otherPlace, ulong otherMotion)
    {
        var options = TestWorlds.Roomy(1000, 0);
        var (one, other) = (new SeedKey(place, motion), new SeedKey(otherPlace, otherMotion));
        var (a, b) = (new WorldTables(TestWorlds.Pack, options, one), new WorldTables(TestWorlds.Pack, options, other));

        AssertFewAlike(a.Book.Customers.Select(c => c.PrimaryEmail), b.Book.Customers.Select(c => c.PrimaryEmail));
        AssertFewAlike(a.Products.Select(p => p.Name), b.Products.Select(p => p.Name));
        AssertFewAlike(a.Book.Orders.Select(o => $"{o.OrderedAt:s}"), b.Book.Orders.Select(o => $"{o.OrderedAt:s}"));
        AssertFewAlike(a.Book.Orders.Select(o => o.TrackingNumber ?? ""), b.Book.Orders.Select(o => o.TrackingNumber ?? ""));
        AssertFewAlike(Enumerable.Range(0, 1000).Select(i => $"{a.Plan[i]}"), Enumerable.Range(0, 1000).Select(i => $"{b.Plan[i]}"));
        var (ids, otherIds) = (new TicketId(one), new TicketId(other));
        Assert.Empty(Enumerable.Range(0, 1000).Select(i => ids.Of(i, DateTime.UnixEpoch)).Intersect(Enumerable.Range(0, 1000).Select(i => otherIds.Of(i, DateTime.UnixEpoch)), StringComparer.Ordinal));
    }

    /// <summary>In less than one place of six: what is drawn from a few values agrees by chance.</summary>
    private static void AssertFewAlike(IEnumerable<string> a, IEnumerable<string> b)
    {
        var (one, other) = (a.ToArray(), b.ToArray());
        Assert.InRange(one.Zip(other).Count(p => p.First == p.Second), 0, one.Length / 6);
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
        var ids = new TicketId(Seeds.Key(12345));
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
