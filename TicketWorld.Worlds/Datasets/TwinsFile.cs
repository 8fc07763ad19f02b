using System.Text.Json;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes <c>twins.jsonl</c>: a line for each pair, in the order of the twins.</summary>
internal static class TwinsFile
{
    public static void Write(World world, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Json.Options);
        foreach (var (twin, index) in world.Twins.All())
        {
            json.WriteStartObject();
            json.WriteString("a"u8, twin.BaseId);
            json.WriteString("b"u8, world.TicketIds.Of(index, twin.At));
            json.WriteString("fact"u8, twin.Fact);
            json.WriteString("a_value"u8, twin.BaseValue);
            json.WriteString("b_value"u8, twin.TwinValue);
            json.WriteEndObject();
            json.Flush();
            output.Write("\n"u8);
            json.Reset(output);
        }
    }
}
