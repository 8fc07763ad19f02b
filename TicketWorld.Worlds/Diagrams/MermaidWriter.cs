using System.Text;

namespace TicketWorld.Worlds.Diagrams;

/// <summary>Writes a policy as a Mermaid flow chart.</summary>
internal static class MermaidWriter
{
    public static string Write(PolicyDiagram diagram)
    {
        var text = new StringBuilder("flowchart LR\n");
        var number = 0;
        foreach (var category in diagram.Clauses.GroupBy(c => c.Category))
        {
            text.Append($"  subgraph category{++number}[\"{Escape(category.Key)}\"]\n");
            foreach (var clause in category.OrderBy(c => c.Precedence).ThenBy(c => c.Id, StringComparer.Ordinal))
                text.Append($"    {Node(clause.Id)}[\"{Escape(clause.Id)}<br/>{Escape(clause.Title)}<br/>precedence {clause.Precedence}\"]\n");
            text.Append("  end\n");
        }

        foreach (var relation in diagram.Relations)
        {
            var arrow = relation.Kind switch
            {
                "overrides" => "-->|overrides|",
                "modifies" => "-.->|modifies|",
                "requires" => "==>|requires|",
                _ => "---|interacts with|",
            };
            text.Append($"  {Node(relation.From)} {arrow} {Node(relation.To)}\n");
        }

        return text.ToString();
    }

    private static string Node(string id) => new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);

    private static string Escape(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
