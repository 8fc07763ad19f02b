namespace TicketWorld.Worlds.Diagrams;

/// <summary>Where a clause stands in a picture.</summary>
internal sealed record Box(DiagramClause Clause, int Column, int X, int Y);

/// <summary>A category's column.</summary>
internal sealed record Column(string Category, int X);

/// <summary>A precedence's row.</summary>
internal sealed record Row(int Precedence, int Y, int Height);

/// <summary>
/// Places clauses on a grid: a column for each category, a row for each precedence, the clauses of a cell below each other. The order of the columns is
/// the policy's own, so that the same policy always gives the same picture.
/// </summary>
internal sealed class DiagramLayout
{
    public const int BoxWidth = 200;
    public const int BoxHeight = 46;
    public const int Left = 96;
    public const int Top = 92;
    private const int ColumnGap = 84;
    private const int BoxGap = 14;
    private const int RowGap = 26;

    public DiagramLayout(PolicyDiagram diagram)
    {
        Columns = [.. diagram.Clauses.Select(c => c.Category).Distinct(StringComparer.Ordinal).Select((category, i) => new Column(category, Left + i * (BoxWidth + ColumnGap)))];
        var rows = new List<Row>();
        var boxes = new List<Box>();
        var y = Top;
        foreach (var row in diagram.Clauses.GroupBy(c => c.Precedence).OrderBy(g => g.Key))
        {
            var most = 0;
            foreach (var cell in row.GroupBy(c => c.Category))
            {
                var column = Array.FindIndex(Columns, c => c.Category == cell.Key);
                var place = 0;
                foreach (var clause in cell.OrderBy(c => c.Id, StringComparer.Ordinal))
                    boxes.Add(new Box(clause, column, Columns[column].X, y + place++ * (BoxHeight + BoxGap)));
                most = Math.Max(most, place);
            }

            var height = most * (BoxHeight + BoxGap) - BoxGap;
            rows.Add(new Row(row.Key, y, height));
            y += height + RowGap;
        }

        Rows = [.. rows];
        Boxes = boxes.ToDictionary(b => b.Clause.Id, StringComparer.Ordinal);
        Width = Math.Max(760, Left + Columns.Length * (BoxWidth + ColumnGap));
        LegendY = y + 8;
        Height = y + 56;
    }

    public Column[] Columns { get; }

    public Row[] Rows { get; }

    public IReadOnlyDictionary<string, Box> Boxes { get; }

    public int Width { get; }

    public int Height { get; }

    public int LegendY { get; }
}
