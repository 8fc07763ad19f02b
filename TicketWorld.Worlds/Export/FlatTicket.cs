using System.Text.Json;

namespace TicketWorld.Worlds.Export;

/// <summary>
/// A ticket as one row: single values as they are, those of the resolution under <c>resolution_plan.</c>, lists and other objects as JSON texts.
/// </summary>
internal static class FlatTicket
{
    private const string Plan = "resolution_plan";

    public static IEnumerable<(string Column, JsonElement Value)> Cells(JsonElement ticket)
    {
        foreach (var member in ticket.EnumerateObject())
        {
            if (member.Name != Plan || member.Value.ValueKind != JsonValueKind.Object)
            {
                yield return (member.Name, member.Value);
                continue;
            }

            foreach (var part in member.Value.EnumerateObject())
                yield return ($"{Plan}.{part.Name}", part.Value);
        }
    }
}
