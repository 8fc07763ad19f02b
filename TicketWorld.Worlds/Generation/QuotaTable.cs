namespace TicketWorld.Worlds.Generation;

/// <summary>
/// A table of counts with given row and column sums in which only some cells may be used, close to given weights.
/// </summary>
/// <remarks>
/// Iterative proportional fitting (Deming, Stephan 1940) gives the real-valued table; its cells are rounded down, and what
/// the sums lack is placed by augmenting paths (Ford, Fulkerson 1956). When the allowed cells cannot meet both sums, the row sums win
/// and the columns come as near as the flow allows.
/// </remarks>
internal static class QuotaTable
{
    /// <param name="weights">Weight of each cell; 0 forbids it.</param>
    public static int[,] Fill(int[] rows, int[] columns, int[,] weights)
    {
        var fitted = Fit(rows, columns, weights);
        var table = new int[rows.Length, columns.Length];
        var rowLeft = (int[])rows.Clone();
        var columnLeft = (int[])columns.Clone();
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var whole = Math.Min((int)Math.Floor(fitted[r, c] + 1e-9), Math.Min(rowLeft[r], columnLeft[c]));
                table[r, c] = whole;
                rowLeft[r] -= whole;
                columnLeft[c] -= whole;
            }
        }

        for (var r = 0; r < rows.Length; r++)
        {
            while (rowLeft[r] > 0 && Augment(r, table, weights, columnLeft))
                rowLeft[r]--;
        }

        for (var r = 0; r < rows.Length; r++)
            PutRest(r, rowLeft[r], table, weights);
        return table;
    }

    private static double[,] Fit(int[] rows, int[] columns, int[,] weights)
    {
        var fitted = new double[rows.Length, columns.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < columns.Length; c++)
                fitted[r, c] = weights[r, c];
        }

        for (var round = 0; round < 200; round++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var sum = 0.0;
                for (var r = 0; r < rows.Length; r++)
                    sum += fitted[r, c];
                for (var r = 0; r < rows.Length && sum > 0; r++)
                    fitted[r, c] *= columns[c] / sum;
            }

            for (var r = 0; r < rows.Length; r++)
            {
                var sum = 0.0;
                for (var c = 0; c < columns.Length; c++)
                    sum += fitted[r, c];
                for (var c = 0; c < columns.Length && sum > 0; c++)
                    fitted[r, c] *= rows[r] / sum;
            }
        }

        return fitted;
    }

    /// <summary>Places one more in a row, moving others along an alternating path to a column that lacks one.</summary>
    private static bool Augment(int row, int[,] table, int[,] weights, int[] columnLeft)
    {
        var (rows, columns) = (table.GetLength(0), table.GetLength(1));
        var fromRow = Enumerable.Repeat(-1, columns).ToArray();
        var fromColumn = Enumerable.Repeat(-1, rows).ToArray();
        var queue = new Queue<int>([row]);
        var seenRow = new bool[rows];
        seenRow[row] = true;
        while (queue.TryDequeue(out var r))
        {
            for (var c = 0; c < columns; c++)
            {
                if (weights[r, c] == 0 || fromRow[c] >= 0)
                    continue;
                fromRow[c] = r;
                if (columnLeft[c] > 0)
                {
                    columnLeft[c]--;
                    Shift(row, c, table, fromRow, fromColumn);
                    return true;
                }

                for (var other = 0; other < rows; other++)
                {
                    if (seenRow[other] || table[other, c] == 0)
                        continue;
                    seenRow[other] = true;
                    fromColumn[other] = c;
                    queue.Enqueue(other);
                }
            }
        }

        return false;
    }

    private static void Shift(int row, int column, int[,] table, int[] fromRow, int[] fromColumn)
    {
        while (true)
        {
            var r = fromRow[column];
            table[r, column]++;
            if (r == row)
                return;
            column = fromColumn[r];
            table[r, column]--;
        }
    }

    private static void PutRest(int row, int rest, int[,] table, int[,] weights)
    {
        if (rest == 0)
            return;
        var columns = table.GetLength(1);
        var cellWeights = new int[columns];
        for (var c = 0; c < columns; c++)
            cellWeights[c] = weights[row, c];
        var parts = Quota.Split(rest, cellWeights);
        for (var c = 0; c < columns; c++)
            table[row, c] += parts[c];
    }
}
