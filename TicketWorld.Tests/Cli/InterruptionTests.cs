using System.Diagnostics;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Cli;

/// <summary>The command killed or stopped while it works: the next command finds the old set or the new one, complete.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly WorldOptions Old = new() { Tickets = 20, Orders = 20, Seed = 1 };
    private static readonly string[] Replace = ["generate", "--tickets", "2600", "--orders", "2600", "--customers", "900", "--seed", "2"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A kill at a line of progress: of the records, of each tenth of the tickets, and the last one before the switch.</summary>
    [Fact]
    public async Task A_kill_at_any_moment_leaves_the_old_set_or_the_new_one()
    {
        var outcomes = new List<string>();
        for (var kill = 0; kill < 12; kill++)
        {
            new DatasetGenerator(1).Create(Old, _folder.Path);
            var old = TestWorlds.Digests(_folder.Path);
            var appends = kill % 4 == 3;
            var lines = 0;
            var at = kill % 6;
            var result = await CommandProcess.RunAsync(
                _folder.Path,
                (process, _) =>
                {
                    if (lines++ == at)
                        process.Kill();
                },
                [.. appends ? ["generate", "--mode", "append", "--tickets", "2600"] : Replace, "--output-dir", _folder.Path, "--threads", "2"]);

            DatasetFolder.Open(_folder.Path).Dispose();
            var manifest = TestWorlds.AssertComplete(_folder.Path);
            var isOld = manifest.Tickets == Old.Tickets;
            if (isOld)
                Assert.Equal(old, TestWorlds.Digests(_folder.Path));
            else
                Assert.Equal(appends ? 2620 : 2600, manifest.Tickets);
            outcomes.Add($"{(result.Exit == 0 ? "ended" : "killed")}: {(isOld ? "old" : "new")}");
        }

        Assert.Contains("killed: old", outcomes);
        Assert.DoesNotContain("ended: old", outcomes);
    }

    [Fact]
    public async Task An_interrupt_stops_the_command_and_leaves_the_old_set_and_nothing_else()
    {
        new DatasetGenerator(1).Create(Old, _folder.Path);
        var old = TestWorlds.Digests(_folder.Path);
        foreach (var signal in (string[])["-INT", "-TERM"])
        {
            var sent = false;
            var result = await CommandProcess.RunAsync(
                _folder.Path,
                (process, line) =>
                {
                    if (sent || !line.Contains("of 300000", StringComparison.Ordinal))
                        return;
                    sent = true;
                    using var kill = Process.Start("kill", [signal, process.Id.ToString()]);
                    kill.WaitForExit();
                },
                "generate", "--tickets", "300000", "--output-dir", _folder.Path);
            Assert.True(sent);
            Assert.Equal(1, result.Exit);
            Assert.Contains("Stopped. What was there before is untouched.", result.Error, StringComparison.Ordinal);
            Assert.Equal(old, TestWorlds.Digests(_folder.Path));
            TestWorlds.AssertComplete(_folder.Path);
        }
    }
}
