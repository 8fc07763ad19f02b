using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Diagrams;

/// <summary>A clause in a diagram.</summary>
internal sealed record DiagramClause(string Id, string Title, string Category, int Precedence);

/// <summary>A relation in a diagram: overrides, modifies, requires, or the symmetric interacts_with.</summary>
internal sealed record DiagramRelation(string Kind, string From, string To);

/// <summary>The clauses of a policy with their relations, to be drawn.</summary>
public sealed class PolicyDiagram
{
    /// <summary>The kinds that are drawn; the others are their mirror images.</summary>
    internal static readonly string[] Kinds = ["overrides", "modifies", "requires", "interacts_with"];

    private PolicyDiagram(string company, DiagramClause[] clauses, DiagramRelation[] relations)
    {
        Company = company;
        Clauses = clauses;
        Relations = relations;
    }

    public string Company { get; }

    internal DiagramClause[] Clauses { get; }

    internal DiagramRelation[] Relations { get; }

    /// <summary>The policy of a pack.</summary>
    public static PolicyDiagram Of(Pack pack)
    {
        using var graph = new MemoryStream();
        PolicyGraphFile.Write(pack, pack.Settings.Company, new WorldOptions().AsOf.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc), graph);
        using var document = JsonDocument.Parse(graph.ToArray());
        return Of(document.RootElement);
    }

    /// <summary>The policy of a set.</summary>
    /// <param name="graph">Its <c>policy_graph.json</c>.</param>
    public static PolicyDiagram Of(JsonElement graph)
    {
        var clauses = new List<DiagramClause>();
        var relations = new List<DiagramRelation>();
        foreach (var clause in graph.GetProperty("clauses").EnumerateObject())
        {
            clauses.Add(new DiagramClause(clause.Name, clause.Value.GetProperty("title").GetString()!, clause.Value.GetProperty("category").GetString()!, clause.Value.GetProperty("precedence").GetInt32()));
            foreach (var kind in Kinds)
            {
                if (!clause.Value.GetProperty("interactions").TryGetProperty(kind, out var others))
                    continue;
                foreach (var other in others.EnumerateArray().Select(o => o.GetString()!).Where(o => kind != "interacts_with" || string.CompareOrdinal(clause.Name, o) < 0))
                    relations.Add(new DiagramRelation(kind, clause.Name, other));
            }
        }

        return new PolicyDiagram(graph.GetProperty("company").GetString()!, [.. clauses], [.. relations]);
    }

    /// <summary>As text for Mermaid.</summary>
    public string ToMermaid() => MermaidWriter.Write(this);

    /// <summary>As a picture: a column for each category, the strongest clauses on top.</summary>
    public string ToSvg() => SvgWriter.Write(this);
}
