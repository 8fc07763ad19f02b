using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TicketWorld.Support.Models;

/// <summary>Sources of the traces and metrics of model calls, under the names of OpenTelemetry's semantic conventions for generative AI.</summary>
internal static class ModelTelemetry
{
    public const string Name = "TicketWorld.Models";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds. The bounds are those that the conventions ask for.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Time of one attempt at a model call.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });

    public static readonly Histogram<long> Tokens = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of one model call.", null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });
}
