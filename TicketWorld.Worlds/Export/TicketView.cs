using System.Text.Json;

namespace TicketWorld.Worlds.Export;

/// <summary>Writes what an export shows of a ticket.</summary>
internal static class TicketView
{
    /// <summary>What a customer sends. Everything else of a ticket is an answer, or leads to one.</summary>
    private static readonly string[] MessageKeys = ["ticket_id", "customer_email", "subject", "body", "timestamp"];

    public static bool IsMessage(string key) => MessageKeys.Contains(key);

    /// <summary>The parts of a ticket that an evaluation view hides, with the id that joins them.</summary>
    public static void WriteAnswer(Utf8JsonWriter json, JsonElement ticket, string split)
    {
        json.WriteStartObject();
        json.WriteString("ticket_id"u8, ticket.GetProperty("ticket_id").GetString());
        json.WriteString("split"u8, split);
        foreach (var member in ticket.EnumerateObject().Where(m => !IsMessage(m.Name)))
            member.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>The message alone.</summary>
    public static void WriteMessage(Utf8JsonWriter json, JsonElement ticket)
    {
        json.WriteStartObject();
        foreach (var member in ticket.EnumerateObject().Where(m => IsMessage(m.Name)))
            member.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>
    /// A ticket whose rows all have the same columns, as column stores want it: an object whose keys differ from ticket to ticket
    /// (<c>details</c>, <c>states</c>) becomes a list of <c>{name, value}</c>.
    /// </summary>
    public static void WriteColumnar(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Name == "details")
                        WriteDetails(json, member.Value);
                    else if (member.Name == "states")
                        WritePairs(json, member.Name, member.Value.EnumerateObject());
                    else
                        WriteMember(json, member);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    WriteColumnar(json, item);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    /// <summary>Those that every action has stay; the particulars of its kind become pairs.</summary>
    private static void WriteDetails(Utf8JsonWriter json, JsonElement details)
    {
        foreach (var list in details.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array))
            WriteMember(json, list);
        WritePairs(json, "details", details.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Array));
    }

    private static void WritePairs(Utf8JsonWriter json, string name, IEnumerable<JsonProperty> members)
    {
        json.WriteStartArray(name);
        foreach (var member in members)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, member.Name);
            json.WriteString("value"u8, member.Value.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, JsonProperty member)
    {
        json.WritePropertyName(member.Name);
        WriteColumnar(json, member.Value);
    }

    /// <summary>The customers, orders and twins that a ticket is about or names.</summary>
    public static List<string> Entities(JsonElement ticket)
    {
        var names = new List<string>();
        Add(ticket, "customer_id");
        Add(ticket, "order_id");
        if (ticket.TryGetProperty("resolution_plan", out var plan))
        {
            Add(plan, "order_id");
            if (plan.TryGetProperty("customer_lookup", out var lookup))
            {
                Add(lookup, "customer_id");
                if (lookup.TryGetProperty("candidate_orders", out var candidates))
                    names.AddRange(candidates.EnumerateArray().Select(c => c.GetString()!));
            }
        }

        if (ticket.TryGetProperty("_twin", out var twin) && twin.ValueKind == JsonValueKind.Object)
        {
            Add(ticket, "ticket_id");
            Add(twin, "of");
            Add(twin, "with");
        }

        if (names.Count == 0)
            Add(ticket, "ticket_id");
        return names;

        void Add(JsonElement owner, string key)
        {
            if (owner.TryGetProperty(key, out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { } name && name != "N/A")
                names.Add(name);
        }
    }
}
