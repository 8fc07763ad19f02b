using System.Globalization;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>
/// How often an answer of a given raw probability was right on messages that were not learnt from: points between which is drawn a straight line.
/// </summary>
internal sealed class Calibration
{
    private readonly double[] _raw;
    private readonly double[] _right;

    public Calibration(double[] raw, double[] right) => (_raw, _right) = (raw, right);

    /// <summary>Reads a list of <c>[raw, right]</c> pairs, both rising from 0 to 1.</summary>
    public static Calibration Read(PackNode node)
    {
        var points = node.Each((item, _) => item.Items is [var raw, var right] ? (Number(raw), Number(right)) : throw item.Error("This is no point.", "Write [raw, right]."));
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].Item1 <= points[i - 1].Item1 || points[i].Item2 < points[i - 1].Item2)
                throw node.Items[i].Error("The points do not rise.", "Order them by the first number; the second must not fall.");
        }

        return points.Count < 2 ? throw node.Error("There are fewer than two points.", "Write at least [0, 0] and [1, 1].") : new([.. points.Select(p => p.Item1)], [.. points.Select(p => p.Item2)]);
    }

    public double Of(double raw)
    {
        if (raw <= _raw[0])
            return _right[0];
        for (var i = 1; i < _raw.Length; i++)
        {
            if (raw <= _raw[i])
                return _right[i - 1] + (raw - _raw[i - 1]) / (_raw[i] - _raw[i - 1]) * (_right[i] - _right[i - 1]);
        }

        return _right[^1];
    }

    private static double Number(PackNode node) =>
        double.TryParse(node.Text, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw node.Error($"'{node.Text}' is no probability.", "Write a number from 0 to 1.");
}
