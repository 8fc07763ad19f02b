using System.Globalization;
using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Generation;

public class TicketRemakingTests
{
    [Fact]
    public void A_line_is_the_ticket_only_if_it_is_the_one_made_whatever_was_read()
    {
        var world = World.Create(TestWorlds.Pack, TestWorlds.Roomy(300, seed: 11) with { Twins = 5 });
        var lines = TestWorlds.Lines(world).ConvertAll(line => line[..^1]);
        var readings = lines.ConvertAll(line => Read(world, line));

        for (var i = 0; i < lines.Count; i++)
        {
            var other = (i + 1) % lines.Count;
            var changed = lines[i].ToArray();
            changed[^2] ^= 1;
            Assert.True(world.IsTicket(i, lines[i].Span, readings[i]), $"ticket {i} with its own reading");
            Assert.True(world.IsTicket(i, lines[i].Span, readings[other]), $"ticket {i} with another's reading");
            Assert.False(world.IsTicket(i, lines[other].Span, readings[other]), $"ticket {i} with another's line");
            Assert.False(world.IsTicket(i, changed, readings[i]), $"ticket {i} with a byte changed");
        }
    }

    private static Reading Read(World world, ReadOnlyMemory<byte> line)
    {
        using var ticket = JsonDocument.Parse(line);
        return world.Checker.Reader.Read(new Message(Text("ticket_id"), Text("customer_email"), Text("subject"), Text("body"), DateTime.Parse(Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)));

        string Text(string name) => ticket.RootElement.GetProperty(name).GetString()!;
    }
}
