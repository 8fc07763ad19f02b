using System.CommandLine;
using System.Text;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld schema</c>: the JSON Schemas of the files.</summary>
internal static class SchemaCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("name") { Description = $"One of: {string.Join(", ", FileSchemas.Names)}. Without it, all go to the folder of --output, or their names are listed.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output") { Description = "Folder to write the schema, or all of them, to." };
        var command = new Command("schema", "Print or write the JSON Schemas (draft 2020-12) of the files.") { name, output };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(json: false, () =>
        {
            var asked = result.GetValue(name);
            if (asked is not null && !FileSchemas.Names.Contains(asked))
                throw new WorldException("no_schema", $"There is no schema '{asked}'.", $"Name one of: {string.Join(", ", FileSchemas.Names)}.", "name", asked);
            var names = asked is null ? FileSchemas.Names : [asked];
            if (result.GetValue(output) is { } folder)
            {
                OutputFolder.Create(folder, "output");
                foreach (var each in names)
                {
                    var path = Path.GetFullPath(Path.Combine(folder, FileSchemas.FileName(each)));
                    ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(FileSchemas.Read(each))));
                    Console.Out.WriteLine(path);
                }
            }
            else if (asked is null)
            {
                foreach (var each in names)
                    Console.Out.WriteLine(each);
            }
            else
            {
                Console.Out.Write(FileSchemas.Read(asked));
            }

            return CommandLine.Done;
        })));
        return command;
    }
}
