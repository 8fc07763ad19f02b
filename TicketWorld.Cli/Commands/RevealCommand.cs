using System.CommandLine;
using System.Text.Json;
using TicketWorld.Worlds.Commitments;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld reveal</c>: checks the file of a commitment against the hash that was published, and a set against the file.</summary>
internal static class RevealCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "The file that generate --commit wrote." };
        var hash = new Argument<string>("hash") { Description = "The hash that was published." };
        var folder = new Argument<string?>("dir") { Description = "Folder of the set, to check that it was made so: it is made again and compared.", Arity = ArgumentArity.ZeroOrOne };
        var pack = SetPack.Option();
        var json = CommonArguments.Json();
        var command = new Command("reveal", "Check a commitment against its published hash, and a set against the commitment; exit 1 when one does not fit.") { file, hash, folder, pack, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var commitment = CommitmentFile.Read(result.GetValue(file)!);
            var fits = string.Equals(commitment.Hash, result.GetValue(hash)!.Trim(), StringComparison.OrdinalIgnoreCase);
            var problems = new List<string>();
            if (!fits)
                problems.Add("the file does not have this hash: it is another file, or it was changed");
            if (result.GetValue(folder) is { } path)
                problems.AddRange(Compare(commitment, path, result.GetValue(pack), cancellation));
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { hash_fits = fits, dir = result.GetValue(folder), holds = problems.Count == 0, problems }, JsonOutput.Options));
            else if (problems.Count == 0)
                Console.Out.WriteLine(result.GetValue(folder) is null ? "the file has the published hash" : "the file has the published hash, and the set was made as it says");
            else
                problems.ForEach(p => Console.Out.WriteLine(p));
            return problems.Count == 0 ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static IEnumerable<string> Compare(Commitment commitment, string path, string? pack, CancellationToken cancellation)
    {
        SetPack.RefuseAnother(path, pack);
        var differences = commitment.Differences(DatasetReader.Open(path).Manifest).ToArray();
        foreach (var difference in differences)
            yield return difference == Commitment.Appended ? $"tickets were appended to the set in {path}" : $"the set in {path} was made with another {difference}";
        if (differences.Length > 0)
            yield break;
        var report = DatasetVerifier.Verify(path, new VerificationOptions(ListedFindings: 1, Pack: pack), cancellation: cancellation);
        if (!report.WasReproduced)
            yield return $"the set in {path} could not be made again: {report.ReproductionNote}";
        if (!report.IsClean)
            yield return $"the set in {path} has {report.FindingCount} faults; the first: {report.Findings[0].File} {report.Findings[0].Record} {report.Findings[0].Field}: {report.Findings[0].Problem}";
    }
}
