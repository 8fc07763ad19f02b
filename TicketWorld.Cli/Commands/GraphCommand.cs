using System.CommandLine;
using System.Text;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Diagrams;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld graph</c>: the clauses of a policy and their relations as a diagram.</summary>
internal static class GraphCommand
{
    public static Command Build()
    {
        var source = new Argument<string>("source") { Description = "An embedded pack, a pack's folder, or the folder of a set." };
        var format = new Option<string>("--format") { Description = "mermaid: text for Mermaid; svg: a picture.", DefaultValueFactory = _ => "mermaid" };
        format.AcceptOnlyFromAmong("mermaid", "svg");
        var output = new Option<string?>("--output") { Description = "The file to write. [default: standard output]" };
        var command = new Command("graph", "Draw the policy of a pack or a set: clauses by category and precedence, with their relations.") { source, format, output };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(json: false, () =>
        {
            var diagram = Read(result.GetValue(source)!);
            var text = result.GetValue(format) == "svg" ? diagram.ToSvg() : diagram.ToMermaid();
            if (result.GetValue(output) is { } path)
            {
                ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
                Console.Out.WriteLine(Path.GetFullPath(path));
            }
            else
            {
                Console.Out.Write(text);
            }

            return CommandLine.Done;
        })));
        return command;
    }

    private static PolicyDiagram Read(string source)
    {
        if (PackSource.EmbeddedPacks.Contains(source) || !File.Exists(Path.Combine(source, Manifest.FileName)))
            return PolicyDiagram.Of(Pack.Load(source));
        using var graph = DatasetReader.Open(source).PolicyGraph();
        return PolicyDiagram.Of(graph.RootElement);
    }
}
