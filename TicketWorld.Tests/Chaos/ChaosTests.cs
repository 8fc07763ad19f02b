using System.Diagnostics;
using TicketWorld.Tests.Grains.Runtime;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Chaos;

/// <summary>The short form of <c>eng/chaos.sh</c>, on servers of its own: it ends those that other tests use.</summary>
[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>Generous: a busy machine takes many times as long as an idle one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

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
