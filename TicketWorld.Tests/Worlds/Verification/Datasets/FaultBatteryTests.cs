using System.Text;
using TicketWorld.Worlds.Verification.Datasets;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>Damages a dataset in every field in every way, one at a time, and has the verifier find each from content alone.</summary>
public class FaultBatteryTests(ITestOutputHelper output)
{
    private const int LeastFaults = 60;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 8)]
    public void Every_fault_is_found_from_content_alone(bool debug, int twins)
    {
        var sound = DatasetFiles.Generate(debug, twins);
        Assert.Empty(Verify(sound, reproduce: true).Findings);
        var total = 0;
        var byRules = 0;
        var byAll = 0;
        var onlyReproduced = new StringBuilder();
        var missed = new StringBuilder();
        foreach (var fault in Faults.All(sound))
        {
            var damaged = sound.Copy();
            if (!fault.Apply(damaged))
                continue;
            total++;
            if (!Verify(damaged, reproduce: false).IsClean)
            {
                byRules++;
                byAll++;
            }
            else if (!Verify(damaged, reproduce: true).IsClean)
            {
                byAll++;
                onlyReproduced.Append("  ").AppendLine(fault.Name);
            }
            else
            {
                missed.Append("  ").AppendLine(fault.Name);
            }
        }

        output.WriteLine($"debug keys: {debug}; twins: {twins}; faults found: {byRules} of {total} by the rules alone, {byAll} of {total} with reproduction");
        output.WriteLine($"found by reproduction only:\n{onlyReproduced}missed:\n{missed}");
        Assert.True(total >= LeastFaults, $"{total} faults");
        Assert.True(missed.Length == 0, $"missed:\n{missed}");
    }

    private static VerificationReport Verify(DatasetFiles files, bool reproduce)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-").FullName;
        try
        {
            files.Write(folder);
            return DatasetVerifier.Verify(folder, new VerificationOptions(ContentOnly: true, Reproduce: reproduce));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
