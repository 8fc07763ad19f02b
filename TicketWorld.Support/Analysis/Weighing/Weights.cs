using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>The learnt weights, and how often what they say is right.</summary>
internal sealed record Weights(LinearModel Topic, LinearModel Severity, LinearModel Sentiment, LinearModel Urgent, Calibrations Calibrations)
{
    /// <summary>All of them, in the order of their names here.</summary>
    public LinearModel Joint { get; } = LinearModel.Join(Topic, Severity, Sentiment, Urgent);

    public static Weights Read(RuleFiles files)
    {
        var root = files.Read("weights.yaml");
        root.Only("topic", "severity", "sentiment", "urgent");
        return new Weights(
            LinearModel.Read(root["topic"], Names.Topics.Count),
            LinearModel.Read(root["severity"], Names.Severities.Count),
            LinearModel.Read(root["sentiment"], Names.Sentiments.Count),
            LinearModel.Read(root["urgent"], 2),
            Calibrations.Read(files));
    }
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
