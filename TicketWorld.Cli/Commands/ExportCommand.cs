using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Export;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld export</c>: a set for those who use it, in parts, in a layout, with answers or without.</summary>
internal static class ExportCommand
{
    private static readonly Dictionary<string, ExportLayout> Layouts = new(StringComparer.Ordinal)
    {
        ["plain"] = ExportLayout.Plain,
        ["huggingface"] = ExportLayout.HuggingFace,
        ["csv"] = ExportLayout.Csv,
    };

    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var output = new Option<string>("--output") { Description = "Folder of the export: public/ to publish, private/ to keep. An earlier export in it is replaced.", Required = true };
        var layout = new Option<string>("--layout") { Description = "plain: JSON Lines; huggingface: data/*.jsonl with a card; csv: flat tables.", DefaultValueFactory = _ => "plain" };
        layout.AcceptOnlyFromAmong([.. Layouts.Keys]);
        var split = new Option<string?>("--split") { Description = "Shares of train, dev and test (80/10/10) or of train and test (80/20); no customer or order is in two parts." };
        var view = new Option<bool>("--eval-view") { Description = "Publish messages, records and policy only; the answers go to private/answers.jsonl." };
        var gzip = new Option<bool>("--gzip") { Description = "Compress the files of data." };
        var json = CommonArguments.Json();
        var command = new Command("export", "Write a set in parts, in another layout, or without its answers.") { folder, output, layout, split, view, gzip, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var chosen = Layouts[result.GetValue(layout)!];
            var hides = result.GetValue(view);
            var splits = result.GetValue(split) is { } shares ? Split.Parse(shares) : ExportOptions.Whole(chosen, hides);
            var made = DatasetExporter.Export(DatasetReader.Open(result.GetValue(folder)!), new ExportOptions(chosen, splits, hides, result.GetValue(gzip)), result.GetValue(output)!, cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { folder = made.Folder, layout = result.GetValue(layout), private_manifest = made.Manifest, made.Answers, made.Splits, made.Files, made.WeakSeed }, JsonOutput.Options));
            else
                Print(made);
            return CommandLine.Done;
        })));
        return command;
    }

    private static void Print(ExportResult made)
    {
        Console.Out.WriteLine($"{made.Folder}: {made.Files.Count} files");
        foreach (var split in made.Splits)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {split.Name,-8} {split.Tickets,9} tickets  {100 * split.Share,6:0.00} % (asked {split.Percent} %)  {split.Customers} customers"));
        Console.Out.WriteLine($"to keep: {made.Manifest}{(made.Answers is null ? "" : " and " + made.Answers)}");
        if (made.WeakSeed)
            Console.Out.WriteLine("The seed of this set is a number: whoever tries seeds can make its answers again. For a set that is held out, draw one with generate --held-out.");
    }
}
