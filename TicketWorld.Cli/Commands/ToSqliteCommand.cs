using System.CommandLine;
using System.Text.Json;
using TicketWorld.Cli.Sqlite;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld to-sqlite</c>: the records of a set as an SQLite database.</summary>
internal static class ToSqliteCommand
{
    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var output = new Option<string?>("--output") { Description = $"The file to write. [default: {SqliteExport.FileName} in the folder of the set]" };
        var json = CommonArguments.Json();
        var command = new Command("to-sqlite", "Write the records of a set as an SQLite database; one that is there is replaced.") { folder, output, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var set = DatasetReader.Open(result.GetValue(folder)!);
            var path = Path.GetFullPath(result.GetValue(output) ?? set.PathOf(SqliteExport.FileName));
            var rows = SqliteExport.Write(set, path, cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { file = path, rows }, JsonOutput.Options));
            else
                Console.Out.WriteLine($"{path}: {string.Join(", ", rows.Select(r => $"{r.Value} {r.Key}"))}");
            return CommandLine.Done;
        })));
        return command;
    }
}
