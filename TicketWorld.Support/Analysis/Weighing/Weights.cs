using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>The learnt weights, and how often what they say is right.</summary>
/// <param name="Model">Its classes are all topics, then all severities, sentiments, and whether it is urgent: no, yes.</param>
internal sealed record Weights(LinearModel Model, Calibrations Calibrations)
{
    /// <summary>Where the classes of severity, sentiment and urgency begin, and how many classes there are.</summary>
    public static int SeverityAt => Names.Topics.Count;

    public static int SentimentAt => SeverityAt + Names.Severities.Count;

    public static int UrgentAt => SentimentAt + Names.Sentiments.Count;

    public static int Classes => UrgentAt + 2;

    /// <summary>The names of the classes, as the file of weights has them: <c>topic_outage</c>.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        .. Names.Topics.Select(name => $"topic_{name}"), .. Names.Severities.Select(name => $"severity_{name}"),
        .. Names.Sentiments.Select(name => $"sentiment_{name}"), "urgent_no", "urgent_yes",
    ];

    /// <summary>Reads <c>weights.yaml</c>.</summary>
    /// <exception cref="PackException">The file is at fault; names file and line.</exception>
    public static Weights Read(RuleFiles files) => new(WeightsFile.Read(files), Calibrations.Read(files));
}

/// <summary>How often answers are right, by what is answered.</summary>
internal sealed record Calibrations(Calibration Topic, Calibration Category, Calibration Severity, Calibration Sentiment)
{
    /// <summary>Takes every probability as it is.</summary>
    public static Calibrations None { get; } = new(Same(), Same(), Same(), Same());

    public static Calibrations Read(RuleFiles files)
    {
        var root = files.Read("calibration.yaml");
        root.Only("topic", "category", "severity", "sentiment");
        return new(Calibration.Read(root["topic"]), Calibration.Read(root["category"]), Calibration.Read(root["severity"]), Calibration.Read(root["sentiment"]));
    }

    private static Calibration Same() => new([0, 1], [0, 1]);
}
