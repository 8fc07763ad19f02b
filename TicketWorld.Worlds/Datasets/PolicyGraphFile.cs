using System.Text.Json;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes <c>policy_graph.json</c>: clauses with their relations, an analysis of them, and the policy and vocabulary as data.</summary>
internal static class PolicyGraphFile
{
    private const int Hops = 3;
    private const int Related = 5;

    public static void Write(Pack pack, string company, DateTime now, Stream output)
    {
        var policy = pack.Policy;
        var graph = new PolicyRelations(policy);
        using var json = new Utf8JsonWriter(output, Json.Indented);
        json.WriteStartObject();
        json.WriteNumber("schema_version", Manifest.CurrentSchema);
        json.WriteStartObject("metadata");
        json.WriteString("company", company);
        json.WriteNumber("total_clauses", policy.Clauses.Length);
        json.WriteTime("generated_at"u8, now);
        json.WriteString("description", "Clauses of the policy with the relations between them.");
        json.WriteEndObject();

        json.WriteStartObject("clauses");
        foreach (var clause in policy.Clauses)
            WriteClause(json, policy, graph, clause, DateOnly.FromDateTime(now));
        json.WriteEndObject();

        json.WriteStartObject("interaction_summary");
        foreach (var clause in policy.Clauses)
        {
            var near = graph.Reachable(clause.Index, Hops);
            json.WriteStartObject(clause.Id);
            json.WriteNumber("direct_connections", graph.Neighbours(clause.Index).Count);
            json.WriteNumber("reachable_within_3_hops", near.Count);
            json.WriteStrings("related_policies"u8, [.. near.Take(Related).Select(c => policy.Clauses[c].Id)]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteAnalysis(json, policy, graph);
        json.WriteString("company", company);
        json.WriteStartObject("currency");
        json.WriteString("code", pack.Settings.CurrencyCode);
        json.WriteString("symbol", pack.Settings.CurrencySymbol);
        json.WriteEndObject();
        json.WritePropertyName("policy");
        WriteNode(json, pack.PolicyNode);
        json.WritePropertyName("vocabulary");
        WriteNode(json, pack.VocabularyNode);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteClause(Utf8JsonWriter json, PolicyDocument policy, PolicyRelations graph, Clause clause, DateOnly day)
    {
        json.WriteStartObject(clause.Id);
        json.WriteString("title", clause.Title);
        json.WriteString("category", clause.Category);
        json.WriteNumber("precedence", clause.Precedence);
        json.WriteStartObject("effective");
        json.WriteDate("from"u8, clause.EffectiveFrom == DateOnly.MinValue ? null : clause.EffectiveFrom);
        json.WriteDate("to"u8, clause.EffectiveTo);
        json.WriteEndObject();
        json.WriteString("text", PolicyTextFile.ClauseText(policy, clause, day));
        json.WriteStartObject("interactions");
        var connections = 0;
        foreach (var (kind, related) in graph.Of(clause.Index))
        {
            connections += related.Length;
            json.WriteStartArray(kind);
            foreach (var other in related)
                json.WriteStringValue(policy.Clauses[other].Id);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteNumber("total_connections", connections);
        json.WriteEndObject();
    }

    private static void WriteAnalysis(Utf8JsonWriter json, PolicyDocument policy, PolicyRelations graph)
    {
        json.WriteStartObject("complexity_analysis");
        json.WriteStartObject("precedence_groups");
        foreach (var group in policy.Clauses.GroupBy(c => c.Precedence).OrderBy(g => g.Key))
        {
            json.WriteStartArray(group.Key.ToString());
            foreach (var clause in group)
                json.WriteStringValue(clause.Id);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("category_distribution");
        foreach (var group in policy.Clauses.GroupBy(c => c.Category))
            json.WriteNumber(group.Key, group.Count());
        json.WriteEndObject();
        json.WriteNumber("total_unique_interactions", graph.Pairs);
        json.WriteNumber("max_precedence", policy.Clauses.Max(c => c.Precedence));
        json.WriteNumber("min_precedence", policy.Clauses.Min(c => c.Precedence));
        json.WriteEndObject();
    }

    /// <summary>A pack's YAML as JSON; single values stay strings, as the reader of policies expects.</summary>
    private static void WriteNode(Utf8JsonWriter json, PackNode node)
    {
        if (node.IsScalar)
        {
            json.WriteStringValue(node.Text);
        }
        else if (node.IsList)
        {
            json.WriteStartArray();
            foreach (var item in node.Items)
                WriteNode(json, item);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (var (key, value) in node.Entries)
            {
                json.WritePropertyName(key);
                WriteNode(json, value);
            }

            json.WriteEndObject();
        }
    }
}
