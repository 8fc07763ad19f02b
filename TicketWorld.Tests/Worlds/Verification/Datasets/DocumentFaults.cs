using System.Text.Json.Nodes;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>Damage to the policy graph, the policy document and the manifest.</summary>
internal static class DocumentFaults
{
    private static readonly string[] Parts = ["metadata", "clauses", "interaction_summary", "complexity_analysis", "company"];

    /// <summary>The derived parts field by field, on the first clause that has one; and the policy itself where it matters.</summary>
    public static IEnumerable<Fault> OfGraph(DatasetFiles files)
    {
        var graph = JsonNode.Parse(files.Graph)!.AsObject();
        var clause = graph["clauses"]!.AsObject().First(c => c.Value!["interactions"]!["overrides"]!.AsArray().Count > 0).Key;
        foreach (var part in Parts)
        {
            foreach (var path in JsonPaths.Leaves(graph[part] is JsonObject owner ? owner : new JsonObject { [part] = graph[part]!.DeepClone() }))
            {
                var full = graph[part] is JsonObject ? $"{part}.{path}" : part;
                if (full.Contains("POL-", StringComparison.Ordinal) && !full.Contains(clause, StringComparison.Ordinal))
                    continue;
                yield return OnGraph($"change graph {full}", root => Set(root, full, v => v is JsonArray array ? Shorter(array) : Faults.Values.Changed(v)));
                yield return OnGraph($"drop graph {full}", root => JsonPaths.Owner(root, full)!.Remove(JsonPaths.Key(full)));
            }
        }

        yield return OnGraph("swap graph clause texts", root => Swap(root["clauses"]!, "POL-RETURN-001", "POL-RETURN-002", "text"));
        yield return OnGraph("drop graph policy clause", root => Remove(root["policy"]!["clauses"]!.AsArray(), 2));
        yield return OnGraph("shift graph policy window", root => Assign(Parameter(root, "POL-RETURN-001", "window_days"), "31"));
        yield return OnGraph("shift graph policy fee", root => Assign(Parameter(root, "POL-RETURN-002", "fee_percent"), "16"));
        yield return OnGraph("shift graph policy limit", root => Assign(Parameter(root, "POL-COMM-002", "item_limit"), "499.00"));
        yield return OnGraph("add graph policy override", root => Append(Clause(root, "POL-RETURN-003"), "overrides", "POL-RETURN-001"));
        yield return OnGraph("drop graph vocabulary cue", root => Remove(root["vocabulary"]!["cues"]!["request"]!["return"]!.AsArray(), 0));
        yield return new Fault("change graph to text", set => Replace(() => set.Graph = "nothing"));
        yield return new Fault("drop graph end", set => Replace(() => set.Graph = set.Graph[..(set.Graph.Length / 2)]));
    }

    public static IEnumerable<Fault> OfText()
    {
        yield return OnText("change text number", t => t.Replace("day 30", "day 31", StringComparison.Ordinal));
        yield return OnText("change text word", t => t.Replace("refunded in full", "refunded in part", StringComparison.Ordinal));
        yield return OnText("drop text clause", t => t.Remove(t.IndexOf("POL-SHIP-003", StringComparison.Ordinal), 40));
        yield return OnText("add text clause", t => t.Replace("\nHow this policy is applied", "\nPOL-SHIP-003 Investigation with the carrier\n\nHow this policy is applied", StringComparison.Ordinal));
        yield return OnText("swap text ids", t => t.Replace("POL-SHIP-005", "POL-X", StringComparison.Ordinal).Replace("POL-SHIP-006", "POL-SHIP-005", StringComparison.Ordinal).Replace("POL-X", "POL-SHIP-006", StringComparison.Ordinal));
        yield return OnText("drop text company", t => t.Replace("TechNest", "Someone", StringComparison.Ordinal));
        yield return OnText("change text application", t => t.Replace("we ask for the order number", "we guess the order number", StringComparison.Ordinal));
        yield return OnText("drop text application", t => t[..t.IndexOf("How this policy is applied", StringComparison.Ordinal)]);
        yield return OnText("drop text all", _ => "");
    }

    public static IEnumerable<Fault> OfManifest()
    {
        foreach (var name in (string[])["tickets", "customers", "products", "orders", "seed"])
            yield return OnManifest($"shift manifest options.{name}", m => Set(m, $"options.{name}", Faults.Values.Shifted));
        foreach (var name in (string[])["tickets", "customers", "products", "orders"])
            yield return OnManifest($"shift manifest counts.{name}", m => Set(m, $"counts.{name}", Faults.Values.Shifted));
        yield return OnManifest("shift manifest options.as_of", m => Set(m, "options.as_of", Faults.Values.Shifted));
        yield return OnManifest("change manifest options.company_name", m => Set(m, "options.company_name", _ => "Other"));
        yield return OnManifest("change manifest options.debug", m => Set(m, "options.debug", Faults.Values.Changed));
        yield return OnManifest("change manifest pack.content_hash", m => Set(m, "pack.content_hash", Faults.Values.Changed));
        yield return OnManifest("change manifest engine_version", m => Set(m, "engine_version", Faults.Values.Changed));
        yield return OnManifest("shift manifest generated_at", m => Set(m, "generated_at", Faults.Values.Shifted));
        yield return OnManifest("drop manifest options", m => m.Remove("options"));
        yield return OnManifest("add manifest key", m => Set(m, "extra", _ => "x"));
        yield return new Fault("change manifest to text", set => Replace(() => set.Manifest = "{"));
    }

    private static Fault OnGraph(string name, Func<JsonObject, bool> change) => new(name, set =>
    {
        var root = JsonNode.Parse(set.Graph)!.AsObject();
        var changed = change(root);
        set.Graph = DatasetFiles.Text(root);
        return changed;
    });

    private static Fault OnText(string name, Func<string, string> change) => new(name, set => Replace(() => set.PolicyText = change(set.PolicyText)));

    private static Fault OnManifest(string name, Func<JsonObject, bool> change) => new(name, set =>
    {
        var root = JsonNode.Parse(set.Manifest)!.AsObject();
        var changed = change(root);
        set.Manifest = DatasetFiles.Text(root);
        return changed;
    });

    private static bool Set(JsonObject root, string path, Func<JsonNode?, JsonNode?> value)
    {
        var owner = JsonPaths.Owner(root, path)!;
        owner[JsonPaths.Key(path)] = value(owner[JsonPaths.Key(path)]);
        return true;
    }

    private static JsonArray Shorter(JsonArray array)
    {
        var other = array.DeepClone().AsArray();
        if (other.Count == 0)
            other.Add("POL-INFO-001");
        else
            other.RemoveAt(0);
        return other;
    }

    private static JsonObject Clause(JsonObject root, string id) => root["policy"]!["clauses"]!.AsArray().First(c => (string?)c!["id"] == id)!.AsObject();

    private static JsonObject Parameter(JsonObject root, string clause, string name) => Clause(root, clause)["parameters"]![name]!.AsObject();

    private static bool Assign(JsonObject parameter, string value)
    {
        parameter["value"] = JsonNode.Parse(value);
        return true;
    }

    private static bool Append(JsonObject clause, string key, string value)
    {
        clause[key] = new JsonArray(value);
        return true;
    }

    private static bool Swap(JsonNode clauses, string one, string other, string key)
    {
        var first = (string?)clauses[one]![key];
        clauses[one]![key] = (string?)clauses[other]![key];
        clauses[other]![key] = first;
        return true;
    }

    private static bool Remove(JsonArray array, int index)
    {
        array.RemoveAt(index);
        return true;
    }

    private static bool Replace(Action action)
    {
        action();
        return true;
    }
}
