using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Tests.Grains.Batches;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Crashes;

/// <summary>Real processes, ended by SIGKILL while they work.</summary>
public sealed class KilledSiloTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_accepted_entry_has_its_effect_exactly_once()
    {
        const int Kills = 5;
        const int PerRound = 300;
        var random = new Random(7);
        var accepted = new HashSet<string>(StringComparer.Ordinal);
        var unanswered = new List<string>();
        var next = 0;
        for (var round = 0; round <= Kills; round++)
        {
            await using var silo = await CrashProcess.StartAsync(_folder);

            // What was not answered is sent again under its identity: it may have been accepted, or not.
            var sent = unanswered.Concat(Enumerable.Range(0, PerRound).Select(_ => $"entry-{next++}")).ToList();
            foreach (var id in sent)
                await silo.SendAsync($"enter {id} ledger-{int.Parse(id.AsSpan(6), CultureInfo.InvariantCulture) % 8}");
            var answers = round == Kills ? sent.Count : random.Next(20, PerRound);
            for (var i = 0; i < answers; i++)
                accepted.Add((await silo.ReadAsync())!["ok ".Length..]);
            if (round == Kills)
            {
                Assert.Equal(next, accepted.Count);
                Assert.Equal($"sums {next} {next} {next}", await silo.AskAsync("sums"));
                break;
            }

            await silo.KillAsync();
            while (await silo.ReadAsync() is { } line)
                accepted.Add(line["ok ".Length..]);
            unanswered = [.. sent.Where(id => !accepted.Contains(id))];
        }
    }

    [Fact]
    public async Task A_batch_killed_in_the_middle_finishes_by_itself_with_the_same_bytes()
    {
        var request = new BatchRequest { Tickets = 20_000, Customers = 2_000, Products = 100, Orders = 20_000, Seed = 5 };
        await using (var first = await CrashProcess.StartAsync(_folder))
        {
            await first.AskAsync($"start b {JsonSerializer.Serialize(request, GrainJson.Options)}");
            await WaitForTicketsAsync(first, 3_000);
            await first.KillAsync();
        }

        await using (var second = await CrashProcess.StartAsync(_folder))
        {
            var view = await WaitForTicketsAsync(second, 10_000);
            Assert.Equal(BatchStatus.Running, view.Status);
            await second.KillAsync();
        }

        await using (var third = await CrashProcess.StartAsync(_folder))
        {
            BatchView view = null!;
            await Poll.UntilAsync(async () => (view = Read(await third.AskAsync("batch b"))).Status != BatchStatus.Running);
            Assert.Equal((BatchStatus.Completed, 20_000, 20), (view.Status, view.TicketsDone, view.ChunksDone));
        }

        var undisturbed = Directory.CreateTempSubdirectory("ticketworld-calm-").FullName;
        try
        {
            await using var killed = await BatchTests.StartAsync(_folder);
            await using var calm = await BatchTests.StartAsync(undisturbed);
            await BatchTests.CompleteAsync(calm, "b", request);
            await AssertSameFilesAsync(killed, calm);
        }
        finally
        {
            Directory.Delete(undisturbed, recursive: true);
        }
    }

    private static async Task<BatchView> WaitForTicketsAsync(CrashProcess silo, int tickets)
    {
        BatchView view = null!;
        await Poll.UntilAsync(async () => (view = Read(await silo.AskAsync("batch b"))).TicketsDone >= tickets);
        return view;
    }

    private static BatchView Read(string? json) => JsonSerializer.Deserialize<BatchView>(json!, GrainJson.Options)!;

    private static async Task AssertSameFilesAsync(TestSilo killed, TestSilo calm)
    {
        var expected = await calm.Services.GetRequiredService<IBatchFiles>().ListAsync("b");
        var found = await killed.Services.GetRequiredService<IBatchFiles>().ListAsync("b");
        Assert.Equal(6, expected!.Count);
        Assert.Equal(expected, found);
        foreach (var file in expected)
            Assert.Equal(await BatchTests.HashAsync(calm, "b", file.Name), await BatchTests.HashAsync(killed, "b", file.Name));
    }
}
