using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Batches.Worlds;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Grains.Batches;

public sealed class BatchTests : IDisposable
{
    private static readonly BatchRequest Request = new() { Tickets = 2_345, Customers = 300, Products = 60, Orders = 3_000, Seed = 11 };

    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-batch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static Task<TestSilo> StartAsync(string folder) => TestSilo.StartAsync(services =>
    {
        services.AddTicketWorldGrains();
        services.AddSqliteGrainStore(folder);
    });

    internal static async Task<BatchView> CompleteAsync(TestSilo silo, string id, BatchRequest request)
    {
        await silo.Grains.GetGrain<IBatchGrain>(id).Start(request);
        BatchView view = null!;
        await Poll.UntilAsync(
            async () =>
            {
                view = await silo.Grains.GetGrain<IBatchGrain>(id).View();
                return view.Status is not (BatchStatus.Queued or BatchStatus.Running);
            },
            TimeSpan.FromMinutes(2));
        return view;
    }

    /// <summary>Waits until no message is left to handle.</summary>
    internal static Task DrainAsync(TestSilo silo) => Poll.UntilAsync(
        async () => await silo.Store.DepthAsync(CancellationToken.None) is { Ready: 0, Leased: 0 });

    internal static async Task<string> HashAsync(TestSilo silo, string id, string name)
    {
        await using var content = await silo.Services.GetRequiredService<IBatchFiles>().OpenAsync(id, name);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content!.Content));
    }

    [Fact]
    public async Task A_batch_completes_with_the_files_that_its_options_mean()
    {
        await using var silo = await StartAsync(_folder);
        var view = await CompleteAsync(silo, "b", Request);
        Assert.Null(view.Error);
        Assert.Equal((BatchStatus.Completed, 2_345, 3, 3), (view.Status, view.TicketsDone, view.ChunksDone, view.ChunksTotal));
        Assert.True(view.TicketsPerSecond > 0);
        Assert.NotNull(view.FinishedAt);

        var files = await silo.Services.GetRequiredService<IBatchFiles>().ListAsync("b");
        Assert.Equal(
            ["support_tickets.json", "support_tickets.jsonl", "customer_database.json", "company_policy.txt", "policy_graph.json", "manifest.json"],
            files!.Select(f => f.Name));
        foreach (var file in files!)
        {
            Assert.Equal(file.Sha256, await HashAsync(silo, "b", file.Name));
            Assert.Equal(file.Size, (await ReadAsync(silo, file.Name)).Length);
        }

        var lines = new ArrayBufferWriter<byte>();
        silo.Services.GetRequiredService<IWorlds>().Get(Request).WriteTickets(0, Request.Tickets, lines, CancellationToken.None);
        Assert.Equal(lines.WrittenMemory.ToArray(), await ReadAsync(silo, "support_tickets.jsonl"));
        var expected = "[\n" + Encoding.UTF8.GetString(lines.WrittenSpan).TrimEnd('\n').Replace("\n", ",\n", StringComparison.Ordinal) + "\n]\n";
        Assert.Equal(Encoding.UTF8.GetBytes(expected), await ReadAsync(silo, "support_tickets.json"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Equal_options_give_the_bytes_of_the_command_line(bool debug)
    {
        var set = Directory.CreateTempSubdirectory("ticketworld-set-").FullName;
        try
        {
            var request = Request with { Debug = debug, CompanyName = "Other & Sons" };
            new DatasetGenerator(threads: 2).Create(
                new WorldOptions
                {
                    Tickets = request.Tickets,
                    Customers = request.Customers,
                    Products = request.Products,
                    Orders = request.Orders,
                    Seed = request.Seed,
                    Debug = debug,
                    CompanyName = request.CompanyName,
                },
                set);
            await using var silo = await StartAsync(_folder);
            Assert.Equal(BatchStatus.Completed, (await CompleteAsync(silo, "b", request)).Status);
            var files = await silo.Services.GetRequiredService<IBatchFiles>().ListAsync("b");
            Assert.Equal(Directory.GetFiles(set).Select(Path.GetFileName).Order(StringComparer.Ordinal), files!.Select(f => f.Name).Order(StringComparer.Ordinal));
            foreach (var file in files!)
                Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(set, file.Name)), await ReadAsync(silo, file.Name));
        }
        finally
        {
            Directory.Delete(set, recursive: true);
        }
    }

    [Fact]
    public async Task Any_range_of_a_file_reads_as_the_file_does()
    {
        await using var silo = await StartAsync(_folder);
        await CompleteAsync(silo, "b", Request);
        foreach (var name in (string[])["support_tickets.json", "support_tickets.jsonl"])
        {
            var whole = await ReadAsync(silo, name);
            await using var content = await silo.Services.GetRequiredService<IBatchFiles>().OpenAsync("b", name);
            var random = new Random(3);
            for (var i = 0; i < 60; i++)
            {
                var from = random.Next(whole.Length);
                var part = new byte[Math.Min(random.Next(1, 20_000), whole.Length - from)];
                content!.Content.Position = from;
                await content.Content.ReadExactlyAsync(part);
                Assert.True(part.AsSpan().SequenceEqual(whole.AsSpan(from, part.Length)), $"{name} differs at {from}, {part.Length} bytes");
            }
        }
    }

    [Fact]
    public async Task Tickets_are_listed_in_pages_and_found_by_id()
    {
        await using var silo = await StartAsync(_folder);
        await CompleteAsync(silo, "b", Request);
        var tickets = silo.Services.GetRequiredService<IBatchTickets>();
        var all = Encoding.UTF8.GetString(await ReadAsync(silo, "support_tickets.jsonl")).TrimEnd('\n').Split('\n');
        var page = await tickets.PageAsync("b", page: 11, pageSize: 97);
        Assert.Equal((2_345, 97), (page!.Total, page.Items.Count));
        Assert.Equal(all.Skip(970).Take(97), page.Items.Select(t => t.GetRawText()));
        var last = await tickets.PageAsync("b", page: 25, pageSize: 97);
        Assert.Equal(all.Skip(2_328), last!.Items.Select(t => t.GetRawText()));
        Assert.Empty((await tickets.PageAsync("b", page: 26, pageSize: 97))!.Items);
        var id = JsonElement.Parse(all[2_100]).GetProperty("ticket_id").GetString()!;
        var ticket = await tickets.GetAsync("b", id);
        Assert.Equal(all[2_100], ticket?.GetRawText());
        Assert.True(ticket!.Value.TryGetProperty("_proof", out _));
        Assert.Null(await tickets.GetAsync("b", "TK-20260101-000000000000x"));
        Assert.Null(await tickets.PageAsync("unknown"));
        Assert.Null(await tickets.GetAsync("unknown", id));
    }

    [Fact]
    public async Task Batches_are_listed_with_the_newest_first()
    {
        await using var silo = await StartAsync(_folder);
        for (var i = 0; i < 3; i++)
            await CompleteAsync(silo, $"b{i}", Request with { Tickets = 10 + i });
        var queries = silo.Services.GetRequiredService<IBatchQueries>();
        var page = await queries.ListAsync(page: 1, pageSize: 2);
        Assert.Equal((3, 2), (page.Total, page.Items.Count));
        Assert.Equal(["b2", "b1"], page.Items.Select(b => b.BatchId));
        Assert.Equal(["b0"], (await queries.ListAsync(page: 2, pageSize: 2)).Items.Select(b => b.BatchId));
        Assert.Equal(0, (await queries.ListAsync(status: BatchStatus.Failed)).Total);
        Assert.Equal(12, (await queries.GetAsync("b2"))!.TicketsDone);
        Assert.Null(await queries.GetAsync("unknown"));
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_batch_and_another_is_refused()
    {
        await using var silo = await StartAsync(_folder);
        var batch = silo.Grains.GetGrain<IBatchGrain>("b");
        await CompleteAsync(silo, "b", Request with { Tickets = 5 });
        Assert.Equal(BatchStatus.Completed, (await batch.Start(Request with { Tickets = 5 })).Status);
        Assert.Equal("batch_exists", (await Assert.ThrowsAsync<GrainCallException>(() => batch.Start(Request))).Code);
    }

    [Theory]
    [InlineData("technest", 0, "invalid_option")]
    [InlineData("../technest", 5, "unknown_pack")]
    [InlineData("unknown", 5, "unknown_pack")]
    public async Task What_cannot_be_generated_is_refused_and_leaves_no_batch(string pack, int tickets, string code)
    {
        await using var silo = await StartAsync(_folder);
        var batch = silo.Grains.GetGrain<IBatchGrain>("b");
        var error = await Assert.ThrowsAsync<GrainCallException>(() => batch.Start(Request with { Pack = pack, Tickets = tickets }));
        Assert.Equal(code, error.Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<GrainCallException>(() => batch.View())).Code);
        Assert.Null(await silo.Services.GetRequiredService<IBatchQueries>().GetAsync("b"));
        Assert.Null(await silo.Services.GetRequiredService<IBatchFiles>().ListAsync("b"));
    }

    [Fact]
    public async Task A_cancelled_batch_stays_cancelled_and_has_no_files()
    {
        await using var silo = await StartAsync(_folder);
        var batch = silo.Grains.GetGrain<IBatchGrain>("b");
        await batch.Start(Request with { Tickets = 200_000 });
        Assert.Equal(BatchStatus.Cancelled, (await batch.Cancel()).Status);
        await DrainAsync(silo);
        var view = await batch.View();
        Assert.Equal(BatchStatus.Cancelled, view.Status);
        Assert.NotNull(view.FinishedAt);
        Assert.Equal(BatchStatus.Cancelled, (await batch.Cancel()).Status);
        Assert.Empty((await silo.Services.GetRequiredService<IBatchFiles>().ListAsync("b"))!);
        Assert.Null(await silo.Services.GetRequiredService<IBatchFiles>().OpenAsync("b", "support_tickets.jsonl"));
    }

    [Fact]
    public async Task A_batch_that_failed_goes_on_when_the_parked_chunk_is_replayed()
    {
        var broken = true;
        using var companyFiles = new ManualResetEventSlim();
        await using var silo = await TestSilo.StartAsync(services =>
        {
            services.AddSingleton<IWorlds>(provider => new FailingWorlds(
                new WorldCache(provider.GetRequiredService<IOptions<BatchOptions>>()), () => broken, companyFiles));
            services.AddTicketWorldGrains();
            services.AddSqliteGrainStore(_folder);
        });
        var view = await CompleteAsync(silo, "b", Request);
        Assert.Equal((BatchStatus.Failed, "parked", "chunk 1 fails"), (view.Status, view.Error!.Code, view.Error.Message));

        // What succeeds after the failure does not hide it.
        companyFiles.Set();
        await DrainAsync(silo);
        Assert.Equal(BatchStatus.Failed, (await silo.Grains.GetGrain<IBatchGrain>("b").View()).Status);
        var parked = Assert.Single((await silo.Parked.ListAsync()).Items);
        Assert.Equal(new GrainId("chunk", "b/000001"), parked.Grain);
        broken = false;
        Assert.True(await silo.Parked.ReplayAsync(parked.MessageId));
        var batch = silo.Grains.GetGrain<IBatchGrain>("b");
        await Poll.UntilAsync(async () => (await batch.View()).Status == BatchStatus.Completed);
        Assert.Null((await batch.View()).Error);
        Assert.Equal(2_345, (await silo.Services.GetRequiredService<IBatchTickets>().PageAsync("b"))!.Total);
    }

    [Fact]
    public async Task A_name_that_is_no_file_of_the_dataset_opens_nothing()
    {
        await using var silo = await StartAsync(_folder);
        await CompleteAsync(silo, "b", Request with { Tickets = 5 });
        var files = silo.Services.GetRequiredService<IBatchFiles>();
        foreach (var name in (string[])["../grains.db", "tickets-000000", "", "SUPPORT_TICKETS.JSON"])
            Assert.Null(await files.OpenAsync("b", name));
        Assert.Null(await files.OpenAsync("unknown", "manifest.json"));
    }

    /// <summary>Real worlds, one chunk of which fails while told to.</summary>
    private sealed class FailingWorlds(IWorlds worlds, Func<bool> fails, ManualResetEventSlim companyFiles) : IWorlds
    {
        public void Check(BatchRequest request) => worlds.Check(request);

        public IBatchWorld Get(BatchRequest request) => new FailingWorld(worlds.Get(request), fails, companyFiles);

        public void Release(BatchRequest request) => worlds.Release(request);
    }

    private sealed class FailingWorld(IBatchWorld world, Func<bool> fails, ManualResetEventSlim companyFiles) : IBatchWorld
    {
        public int Tickets => world.Tickets;

        public IReadOnlyList<CompanyFile> CompanyFiles
        {
            get
            {
                companyFiles.Wait();
                return world.CompanyFiles;
            }
        }

        public void WriteTickets(int first, int count, IBufferWriter<byte> lines, CancellationToken cancellation)
        {
            if (first == 1000 && fails())
                throw new InvalidOperationException("chunk 1 fails");
            world.WriteTickets(first, count, lines, cancellation);
        }

        public byte[] Manifest(IReadOnlyList<BatchFile> files) => world.Manifest(files);
    }

    private static async Task<byte[]> ReadAsync(TestSilo silo, string name)
    {
        await using var content = await silo.Services.GetRequiredService<IBatchFiles>().OpenAsync("b", name);
        using var bytes = new MemoryStream();
        await content!.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
