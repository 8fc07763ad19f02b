using System.Security;
using System.Text;

namespace TicketWorld.Worlds.Diagrams;

/// <summary>Draws a policy as SVG, in integers and with styles of its own, so that every viewer shows the same.</summary>
internal static class SvgWriter
{
    private const int LongestTitle = 30;

    private static readonly (string Kind, string Name, string Color, string Style)[] Edges =
    [
        ("overrides", "overrides", "#b3261e", "stroke-width:2"),
        ("modifies", "modifies", "#1b5fa8", "stroke-width:2;stroke-dasharray:8 4"),
        ("requires", "requires", "#2e7d32", "stroke-width:3.5"),
        ("interacts_with", "interacts with", "#6b6b6b", "stroke-width:1.6;stroke-dasharray:2 4"),
    ];

    public static string Write(PolicyDiagram diagram)
    {
        var layout = new DiagramLayout(diagram);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {layout.Width} {layout.Height}\" width=\"{layout.Width}\" height=\"{layout.Height}\" font-family=\"Helvetica, Arial, sans-serif\">\n");
        svg.Append($"<title>{Escape(diagram.Company)}: clauses of the policy and their relations</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<defs>\n");
        foreach (var (kind, _, color, _) in Edges)
            svg.Append($"<marker id=\"{kind}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path d=\"M0 0 10 5 0 10z\" fill=\"{color}\"/></marker>\n");
        svg.Append("</defs>\n");
        svg.Append($"<text x=\"24\" y=\"36\" font-size=\"20\" font-weight=\"bold\" fill=\"#1a1a1a\">{Escape(diagram.Company)}: policy</text>\n");
        WriteGrid(svg, layout);
        WriteEdges(svg, diagram, layout);
        foreach (var box in layout.Boxes.Values)
            WriteBox(svg, box);
        WriteLegend(svg, layout);
        return svg.Append("</svg>\n").ToString();
    }

    private static void WriteGrid(StringBuilder svg, DiagramLayout layout)
    {
        foreach (var row in layout.Rows)
        {
            svg.Append($"<rect x=\"16\" y=\"{row.Y - 10}\" width=\"{layout.Width - 32}\" height=\"{row.Height + 20}\" rx=\"6\" fill=\"#f5f6f8\"/>\n");
            svg.Append($"<text x=\"26\" y=\"{row.Y + 16}\" font-size=\"11\" fill=\"#5a5a5a\">precedence</text><text x=\"26\" y=\"{row.Y + 36}\" font-size=\"18\" fill=\"#5a5a5a\">{row.Precedence}</text>\n");
        }

        foreach (var column in layout.Columns)
            svg.Append($"<text x=\"{column.X + DiagramLayout.BoxWidth / 2}\" y=\"{DiagramLayout.Top - 22}\" font-size=\"15\" font-weight=\"bold\" text-anchor=\"middle\" fill=\"#1a1a1a\">{Escape(column.Category)}</text>\n");
    }

    /// <summary>Draws the relations behind the boxes. The ends on one side of a box are spread over its height, in the order of where they lead.</summary>
    private static void WriteEdges(StringBuilder svg, PolicyDiagram diagram, DiagramLayout layout)
    {
        var ends = new Dictionary<(string Clause, bool Right), List<(int Index, bool Start, int OtherX, int OtherY)>>();
        for (var i = 0; i < diagram.Relations.Length; i++)
        {
            var (from, to) = (layout.Boxes[diagram.Relations[i].From], layout.Boxes[diagram.Relations[i].To]);
            Add(from, to, i, start: true);
            Add(to, from, i, start: false);
        }

        var starts = new int[diagram.Relations.Length];
        var targets = new int[diagram.Relations.Length];
        foreach (var (side, list) in ends)
        {
            var box = layout.Boxes[side.Clause];
            list.Sort((a, b) => (a.OtherY, a.OtherX, a.Index, a.Start).CompareTo((b.OtherY, b.OtherX, b.Index, b.Start)));
            for (var place = 0; place < list.Count; place++)
                (list[place].Start ? starts : targets)[list[place].Index] = box.Y + DiagramLayout.BoxHeight * (place + 1) / (list.Count + 1);
        }

        for (var i = 0; i < diagram.Relations.Length; i++)
        {
            var relation = diagram.Relations[i];
            var (from, to) = (layout.Boxes[relation.From], layout.Boxes[relation.To]);
            var edge = Array.Find(Edges, e => e.Kind == relation.Kind);
            var marker = relation.Kind == "interacts_with" ? "" : $" marker-end=\"url(#{relation.Kind})\"";
            svg.Append($"<path d=\"{Curve(layout, from, starts[i], to, targets[i], i)}\" fill=\"none\" stroke=\"{edge.Color}\" style=\"{edge.Style}\" opacity=\"0.85\"{marker}><title>{Escape(relation.From)} {edge.Name} {Escape(relation.To)}</title></path>\n");
        }

        void Add(Box box, Box other, int index, bool start)
        {
            var key = (box.Clause.Id, Right: other.Column >= box.Column);
            if (!ends.TryGetValue(key, out var list))
                ends[key] = list = [];
            list.Add((index, start, other.X, other.Y));
        }
    }

    /// <summary>
    /// Between neighbouring columns an S from side to side; further off along the gap above the lower row, so that no box lies between; within a
    /// column a bow to the right of it, the wider the further.
    /// </summary>
    private static string Curve(DiagramLayout layout, Box from, int startY, Box to, int endY, int index)
    {
        if (from.Column == to.Column)
        {
            var x = from.X + DiagramLayout.BoxWidth;
            var bow = x + 24 + Math.Min(44, Math.Abs(endY - startY) / 8);
            return $"M{x} {startY} C{bow} {startY} {bow} {endY} {x + 2} {endY}";
        }

        var toRight = to.Column > from.Column;
        var (start, end) = toRight ? (from.X + DiagramLayout.BoxWidth, to.X - 2) : (from.X, to.X + DiagramLayout.BoxWidth + 2);
        if (Math.Abs(from.Column - to.Column) > 1)
        {
            var row = Math.Max(from.Clause.Precedence, to.Clause.Precedence);
            var lane = Array.Find(layout.Rows, r => r.Precedence == row)!.Y - 19 + index % 5 * 3;
            var step = toRight ? 32 : -32;
            return $"M{start} {startY} C{start + step} {startY} {start + step / 2} {lane} {start + step * 2} {lane} H{end - step * 2} C{end - step / 2} {lane} {end - step} {endY} {end} {endY}";
        }

        var reach = toRight ? 56 : -56;
        return $"M{start} {startY} C{start + reach} {startY} {end - reach} {endY} {end} {endY}";
    }

    private static void WriteBox(StringBuilder svg, Box box)
    {
        var title = box.Clause.Title.Length <= LongestTitle ? box.Clause.Title : box.Clause.Title[..(LongestTitle - 1)] + "…";
        svg.Append($"<g><title>{Escape(box.Clause.Id)}: {Escape(box.Clause.Title)}</title><rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{DiagramLayout.BoxWidth}\" height=\"{DiagramLayout.BoxHeight}\" rx=\"6\" fill=\"#ffffff\" stroke=\"#39424e\" stroke-width=\"1.2\"/>");
        svg.Append($"<text x=\"{box.X + 10}\" y=\"{box.Y + 19}\" font-size=\"13\" font-weight=\"bold\" fill=\"#1a1a1a\">{Escape(box.Clause.Id)}</text>");
        svg.Append($"<text x=\"{box.X + 10}\" y=\"{box.Y + 36}\" font-size=\"12\" fill=\"#3c3c3c\">{Escape(title)}</text></g>\n");
    }

    private static void WriteLegend(StringBuilder svg, DiagramLayout layout)
    {
        var x = 24;
        foreach (var (kind, name, color, style) in Edges)
        {
            var marker = kind == "interacts_with" ? "" : $" marker-end=\"url(#{kind})\"";
            svg.Append($"<path d=\"M{x} {layout.LegendY + 10} H{x + 54}\" fill=\"none\" stroke=\"{color}\" style=\"{style}\"{marker}/><text x=\"{x + 62}\" y=\"{layout.LegendY + 15}\" font-size=\"13\" fill=\"#1a1a1a\">{name}</text>\n");
            x += 170;
        }
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
