using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TicketWorld.Cli.Tickets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld show</c>: one ticket with what is known, what decides and what follows.</summary>
internal static class ShowCommand
{
    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var ticket = new Argument<string>("ticket") { Description = "Id of the ticket, or its number in the file, from 1." };
        var json = new Option<bool>("--json") { Description = "Print the ticket as JSON." };
        var command = new Command("show", "Print a ticket: the message, the facts with their source, the resolution and its proof as a tree.") { folder, ticket, json };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var set = DatasetReader.Open(result.GetValue(folder)!);
            using var found = Find(set, result.GetValue(ticket)!);
            if (result.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(found.RootElement, JsonOutput.Options));
                return CommandLine.Done;
            }

            using var graph = set.PolicyGraph();
            var titles = graph.RootElement.GetProperty("clauses").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetProperty("title").GetString()!, StringComparer.Ordinal);
            TicketReport.Print(found.RootElement, titles);
            return CommandLine.Done;
        })));
        return command;
    }

    private static JsonDocument Find(DatasetReader set, string ticket)
    {
        var wanted = int.TryParse(ticket, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        var number = 0;
        foreach (var line in set.Lines())
        {
            number++;
            if (number != wanted && !line.Contains(ticket, StringComparison.Ordinal))
                continue;
            var document = set.ParseTicket(line, number);
            if (number == wanted || document.RootElement.GetProperty("ticket_id").GetString() == ticket)
                return document;
            document.Dispose();
        }

        throw new WorldException("no_ticket", $"{set.Folder} has no ticket {ticket}.", $"Name an id of {DatasetReader.TicketLines}, or a number from 1 to {number}.", "ticket", ticket);
    }
}
