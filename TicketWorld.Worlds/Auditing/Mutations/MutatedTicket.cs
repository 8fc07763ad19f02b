using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>A ticket with a bug, as it stands in a set with debug keys and in one without.</summary>
/// <param name="Index">Its place in the set.</param>
internal sealed record MutatedTicket(int Index, byte[] WithDebug, byte[] Plain)
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MutatedTicket Of(int index, JsonObject ticket)
    {
        var full = Encoding.UTF8.GetBytes(ticket.ToJsonString(Json));
        foreach (var key in ticket.Select(m => m.Key).Where(k => k.StartsWith('_')).ToArray())
            ticket.Remove(key);
        return new MutatedTicket(index, full, Encoding.UTF8.GetBytes(ticket.ToJsonString(Json)));
    }
}
