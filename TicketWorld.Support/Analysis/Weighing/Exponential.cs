namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>e to a power by multiplication and addition alone: the same bits on every machine, which the platforms' own functions do not promise.</summary>
internal static class Exponential
{
    private const double Log2 = 0.693147180559945309;
    private const int Terms = 14;

    public static double Of(double x)
    {
        if (x < -700)
            return 0;
        var power = (int)Math.Floor(x / Log2 + 0.5);
        var rest = x - power * Log2;
        double term = 1, sum = 1;
        for (var i = 1; i <= Terms; i++)
            sum += term *= rest / i;
        return Math.ScaleB(sum, power);
    }
}
