using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TicketWorld.AppHost.Processes;

namespace TicketWorld.AppHost.Logs;

/// <summary>Prints the addresses once, and every line of every resource with its name in front, coloured on a terminal.</summary>
internal sealed class ConsoleStream(LogStore logs, ApplicationPlan plan, IServer server)
{
    private static readonly string[] Colours = ["\u001b[36m", "\u001b[32m", "\u001b[35m", "\u001b[33m", "\u001b[34m"];
    private readonly bool _colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
    private readonly int _width = plan.Processes.Select(process => process.Name.Length)
        .Concat(plan.Scalable.Where(scalable => scalable.Refusal is null).Select(scalable => $"{scalable.Resource}-{scalable.Most}".Length)).DefaultIfEmpty(0).Max();

    public void PrintAddresses()
    {
        var dashboard = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var width = Math.Max(_width, "dashboard".Length);
        Console.WriteLine($"{"dashboard".PadRight(width)}  {dashboard}");
        foreach (var process in plan.Processes.Where(process => process.Address is not null))
            Console.WriteLine($"{process.Name.PadRight(width)}  {process.Address!.GetLeftPart(UriPartial.Authority)}");
        Console.WriteLine();
    }

    /// <summary>Prints until the log is closed and its last line printed.</summary>
    public async Task PrintLinesAsync()
    {
        var names = new List<string>();
        await foreach (var line in logs.FollowAsync(null, 0, CancellationToken.None))
        {
            var name = line.Resource.PadRight(_width);
            if (!names.Contains(line.Resource))
                names.Add(line.Resource);
            if (_colour)
                name = Colours[names.IndexOf(line.Resource) % Colours.Length] + name + "\u001b[0m";
            await Console.Out.WriteLineAsync($"{name} | {Printable(line.Text)}");
        }
    }

    /// <summary>A resource's text must not move the cursor or recolour the terminal.</summary>
    private static string Printable(string text) =>
        text.Any(c => char.IsControl(c) && c != '\t') ? string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? '�' : c)) : text;
}
