using System.Diagnostics;
using TicketWorld.Tests.Grains.Runtime;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Chaos;

/// <summary>The short form of <c>eng/chaos.sh</c>, on servers of its own: it ends those that other tests use.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>Alone, so that its processes and those of other tests do not starve each other.</summary>
    private const string Name = "Chaos";

    /// <summary>Generous: a busy machine takes many times as long as an idle one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Nothing_is_lost_or_done_twice_whatever_dies()
    {
        using var run = Process.Start(new ProcessStartInfo(
            "bash",
            [Path.Combine(Repository.Folder, "eng", "servers.sh"), "run", "dotnet", "exec", typeof(ChaosTests).Assembly.Location, ChaosProgram.Command, "--short", "--seed", "1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = Task.WhenAll(run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await run.WaitForExitAsync(limit.Token);
        }
        finally
        {
            run.Kill(entireProcessTree: true);
        }

        var said = string.Join('\n', await lines);
        output.WriteLine(said);
        Assert.True(run.ExitCode == 0, said);
        Assert.Contains("lost = 0, duplicated = 0, violations = 0", said, StringComparison.Ordinal);
    }
}
