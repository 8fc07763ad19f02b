using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Dilution;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld dilute</c>: the policy among text that decides nothing.</summary>
internal static class DiluteCommand
{
    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var ratio = new Option<double>("--ratio") { Description = "How many times as long as the policy the diluted one is at least.", DefaultValueFactory = _ => 2 };
        var seed = new Option<ulong>("--seed") { Description = "Chooses what is added and the order of everything.", DefaultValueFactory = _ => 42 };
        var pack = SetPack.Option();
        var output = new Option<string?>("--output") { Description = $"The file to write. [default: {PolicyDilution.FileName} in the folder of the set]" };
        var json = CommonArguments.Json();
        var command = new Command("dilute", "Write the policy among sections and clauses that do not apply, every clause of it as it is.") { folder, ratio, seed, pack, output, json };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var set = DatasetReader.Open(result.GetValue(folder)!);
            SetPack.RefuseAnother(set.Folder, result.GetValue(pack));
            var diluted = PolicyDilution.Dilute(set, PackSource.Open(result.GetValue(pack) ?? set.Manifest.PackName), result.GetValue(ratio), result.GetValue(seed));
            var path = Path.GetFullPath(result.GetValue(output) ?? set.PathOf(PolicyDilution.FileName));
            ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(diluted.Text)));
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { file = path, diluted.CleanBytes, diluted.FullBytes, ratio = Math.Round(diluted.Ratio, 4), diluted.Sections, diluted.NearMisses }, JsonOutput.Options));
            else
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {diluted.FullBytes} bytes, {diluted.Ratio:0.00} times the policy's {diluted.CleanBytes}; {diluted.Sections} sections and {diluted.NearMisses} clauses that do not apply"));
            return CommandLine.Done;
        })));
        return command;
    }
}
