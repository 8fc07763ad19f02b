using System.Text.Json.Nodes;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>Damage to pairs of twins: their links, their tickets, and the file that lists them.</summary>
internal static class TwinFaults
{
    public static IEnumerable<Fault> All() => [.. OfLinks(), .. OfTickets(), .. OfFile(), .. OfManifest()];

    private static IEnumerable<Fault> OfLinks()
    {
        yield return OnPair("drop twin link of the twin", (twin, _) => twin.Remove("_twin"));
        yield return OnPair("drop twin link of the counterpart", (_, other) => other.Remove("_twin"));
        yield return OnPair("drop twin links of both", (twin, other) => twin.Remove("_twin") && other.Remove("_twin"));
        yield return OnPair("drop twin links of both and the pair", (twin, other) => twin.Remove("_twin") && other.Remove("_twin"), (set, pair) => set.Twins!.RemoveAt(pair));
        yield return OnPair("change twin link to itself", (twin, _) => Assign(twin, "of", (string?)twin["ticket_id"]));
        yield return OnPair("swap twin and counterpart", (twin, other) =>
        {
            (twin["_twin"], other["_twin"]) = (Renamed(twin["_twin"]!, "of", "with"), Renamed(other["_twin"]!, "with", "of"));
            return true;
        });
        yield return OnPair("swap twin values of one", (twin, _) => Swap(twin));
        yield return OnPair("swap twin values of both", (twin, other) => Swap(twin) && Swap(other));
        yield return OnPair("change twin fact of one", (twin, _) => Assign(twin, "fact", Another(twin)));
        yield return OnPair(
            "change twin fact of both and the pair",
            (twin, other) => Name(twin, twin, other, Another(twin)) && Name(other, other, twin, Another(twin)),
            (set, pair) => Edit(set.Twins!, pair, row =>
            {
                var twin = JsonNode.Parse(set.Tickets.First(t => t.Contains($"\"ticket_id\":\"{(string?)row["b"]}\"", StringComparison.Ordinal)))!["_twin"]!;
                (row["fact"], row["a_value"], row["b_value"]) = (twin["fact"]!.DeepClone(), twin["other"]!.DeepClone(), twin["this"]!.DeepClone());
            }));
        yield return new Fault("swap twin links of two pairs", set =>
        {
            var (one, other) = (Places(set, 0), Places(set, 1));
            Edit(set.Tickets, one.Twin, ticket => Assign(ticket, "of", IdOf(set, other.Base)));
            Edit(set.Tickets, other.Twin, ticket => Assign(ticket, "of", IdOf(set, one.Base)));
            Edit(set.Tickets, one.Base, ticket => Assign(ticket, "with", IdOf(set, other.Twin)));
            Edit(set.Tickets, other.Base, ticket => Assign(ticket, "with", IdOf(set, one.Twin)));
            Edit(set.Twins!, 0, row => row["a"] = IdOf(set, other.Base));
            Edit(set.Twins!, 1, row => row["a"] = IdOf(set, one.Base));
            return true;
        });
    }

    private static IEnumerable<Fault> OfTickets()
    {
        yield return new Fault("drop twin", set => Remove(set.Tickets, Places(set, 0).Twin));
        yield return new Fault("drop counterpart", set => Remove(set.Tickets, Places(set, 0).Base));
        yield return new Fault("drop twin and its pair", set => Remove(set.Tickets, Places(set, 0).Twin) && Remove(set.Twins!, 0));
        yield return new Fault("drop twin, its pair and its link", set =>
        {
            var (twin, other) = Places(set, 0);
            Edit(set.Tickets, other, ticket => ticket.Remove("_twin"));
            Remove(set.Tickets, twin);
            Remove(set.Twins!, 0);
            var manifest = JsonNode.Parse(set.Manifest)!;
            manifest["counts"]!["tickets"] = set.Tickets.Count;
            set.Manifest = DatasetFiles.Text(manifest);
            return true;
        });
        yield return OnPair("change twin's answer to its counterpart's", (twin, other) => Copy(other, twin, "resolution_plan"));
        yield return OnPair("change counterpart's answer to its twin's", (twin, other) => Copy(twin, other, "resolution_plan"));
        yield return OnPair("change twin's text to its counterpart's", (twin, other) => Copy(other, twin, "body"));
        yield return OnPair("change twin to a copy of its counterpart", (twin, other) =>
        {
            var (id, link) = (twin["ticket_id"]!.DeepClone(), twin["_twin"]!.DeepClone());
            foreach (var (key, value) in other.Where(p => p.Key != "_twin").ToArray())
                twin[key] = value?.DeepClone();
            (twin["ticket_id"], twin["_twin"]) = (id, link);
            return true;
        });
    }

    private static IEnumerable<Fault> OfFile()
    {
        yield return new Fault("drop twins file", set =>
        {
            set.Twins = null;
            return true;
        });
        yield return new Fault("drop twins rows", set =>
        {
            set.Twins!.Clear();
            return true;
        });
        yield return new Fault("change twins row to text", set =>
        {
            set.Twins![1] = "{";
            return true;
        });
        yield return new Fault("add twins empty line", set =>
        {
            set.Twins!.Insert(2, "");
            return true;
        });
        yield return new Fault("swap twins sides of a row", set => Edit(set.Twins!, 1, row =>
            (row["a"], row["b"], row["a_value"], row["b_value"]) = (row["b"]!.DeepClone(), row["a"]!.DeepClone(), row["b_value"]!.DeepClone(), row["a_value"]!.DeepClone())));
    }

    private static IEnumerable<Fault> OfManifest()
    {
        foreach (var by in (int[])[-1, 1])
            yield return OnManifest($"shift manifest options.twins by {by}", options => options["twins"] = options["twins"]!.GetValue<int>() + by);
        yield return OnManifest("drop manifest options.twins", options => options.AsObject().Remove("twins"));
    }

    private static Fault OnManifest(string name, Action<JsonNode> change) => new(name, set =>
    {
        var manifest = JsonNode.Parse(set.Manifest)!;
        change(manifest["options"]!);
        set.Manifest = DatasetFiles.Text(manifest);
        return true;
    });

    /// <summary>Applies a change to the first pair in which it makes a difference.</summary>
    /// <param name="also">Changes the row of the pair with its number, when the tickets are changed.</param>
    private static Fault OnPair(string name, Func<JsonObject, JsonObject, bool> change, Action<DatasetFiles, int>? also = null) => new(name, set =>
    {
        for (var pair = 0; pair < set.Twins!.Count; pair++)
        {
            var (twin, other) = Places(set, pair);
            var (one, two) = (Parse(set.Tickets[twin]), Parse(set.Tickets[other]));
            if (!change(one, two) || (JsonNode.DeepEquals(one, Parse(set.Tickets[twin])) && JsonNode.DeepEquals(two, Parse(set.Tickets[other]))))
                continue;
            (set.Tickets[twin], set.Tickets[other]) = (DatasetFiles.Text(one), DatasetFiles.Text(two));
            also?.Invoke(set, pair);
            return true;
        }

        return false;
    });

    private static (int Twin, int Base) Places(DatasetFiles set, int pair)
    {
        var row = Parse(set.Twins![pair]);
        return (Place("b"), Place("a"));

        int Place(string key) => set.Tickets.FindIndex(t => t.Contains($"\"ticket_id\":\"{(string?)row[key]}\"", StringComparison.Ordinal));
    }

    private static JsonObject Parse(string record) => JsonNode.Parse(record)!.AsObject();

    private static string IdOf(DatasetFiles set, int ticket) => (string)Parse(set.Tickets[ticket])["ticket_id"]!;

    private static bool Edit(List<string> records, int index, Action<JsonObject> change)
    {
        var record = Parse(records[index]);
        change(record);
        records[index] = DatasetFiles.Text(record);
        return true;
    }

    private static bool Remove(List<string> records, int index)
    {
        records.RemoveAt(index);
        return true;
    }

    private static bool Assign(JsonObject ticket, string key, string? value)
    {
        ticket["_twin"]![key] = value;
        return true;
    }

    private static bool Copy(JsonObject from, JsonObject to, string key)
    {
        to[key] = from[key]!.DeepClone();
        return true;
    }

    private static bool Swap(JsonObject ticket)
    {
        var link = ticket["_twin"]!;
        (link["this"], link["other"]) = (link["other"]!.DeepClone(), link["this"]!.DeepClone());
        return true;
    }

    private static JsonObject Renamed(JsonNode link, string key, string other) =>
        new(link.AsObject().Select(p => KeyValuePair.Create(p.Key == key ? other : p.Key, p.Value?.DeepClone())));

    /// <summary>Another fact that the ticket has, the same in both of a pair or not.</summary>
    private static string Another(JsonObject ticket) =>
        ticket["_facts"]!.AsArray().Select(f => (string)f!["name"]!).First(name => name != (string?)ticket["_twin"]!["fact"]);

    /// <summary>Lets a link name another fact, with the values that the pair truly has.</summary>
    private static bool Name(JsonObject ticket, JsonObject own, JsonObject other, string fact)
    {
        Assign(ticket, "fact", fact);
        Assign(ticket, "this", ValueOf(own, fact));
        return Assign(ticket, "other", ValueOf(other, fact));
    }

    private static string? ValueOf(JsonObject ticket, string fact) =>
        (string?)ticket["_facts"]!.AsArray().FirstOrDefault(f => (string?)f!["name"] == fact)?["value"];
}
