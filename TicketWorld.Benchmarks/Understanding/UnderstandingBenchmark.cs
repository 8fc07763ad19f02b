using System.Diagnostics;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>How well and how fast messages are understood by rules alone.</summary>
internal static class UnderstandingBenchmark
{
    public static int Run(string[] arguments)
    {
        var words = arguments.Where((argument, i) => !argument.StartsWith("--", StringComparison.Ordinal) && (i == 0 || arguments[i - 1] != "--rules")).ToArray();
        var rules = Option(arguments, "--rules");
        var files = new RuleFiles(rules);
        if (words is ["learn"])
            return Learn(files, rules ?? Path.Combine("TicketWorld.Support", "Rules"));
        if (words is ["validate"])
            return Validate(files, arguments.Contains("--wrong"), arguments.Contains("--whole"));
        string[] parts = words.Length == 0 ? ["development", "fixtures"] : words;
        var analyser = new RuleAnalyser(files);
        foreach (var part in parts)
        {
            var tickets = LabelledTickets.Read(part);
            new UnderstandingReport([.. tickets.Select(ticket => (ticket, analyser.Analyse(Text(ticket))))]).Print(part);
            Speed(analyser, [.. tickets.Select(Text)]);
        }

        return 0;
    }

    /// <summary>Prints what is said of each writer's messages by weights that were learnt from the other writers'.</summary>
    private static int Validate(RuleFiles files, bool wrong, bool whole)
    {
        var parts = new WeightTraining(new AnalyserParts(files)).LeaveWritersOut(Calibrations.Read(files));
        UnderstandingReport.PrintTable(parts);
        if (whole)
            new UnderstandingReport(OfLongParts(parts)).Print("all long parts, each writer by weights learnt without them");
        foreach (var (part, (ticket, analysis)) in parts.SelectMany(part => part.Results.Select(result => (part.Part, result))))
        {
            var (topic, severity) = (UnderstandingReport.TopicOf(analysis), UnderstandingReport.SeverityOf(analysis));
            if (wrong && (topic != ticket.Topic || severity != ticket.Severity))
                Console.WriteLine($"{part} {ticket.Id} {ticket.Topic}/{ticket.Severity} -> {topic}/{severity} {analysis.TopicConfidence:F2} | {ticket.Subject}");
        }

        return 0;
    }

    private static int Learn(RuleFiles files, string folder)
    {
        var training = new WeightTraining(new AnalyserParts(files));
        var parts = training.LeaveWritersOut(Calibrations.None);
        File.WriteAllText(Path.Combine(folder, "calibration.yaml"), CalibrationTable.Of(OfLongParts(parts)));
        File.WriteAllText(Path.Combine(folder, "weights.yaml"), training.Weights());
        UnderstandingReport.PrintTable(parts);
        return 0;
    }

    /// <summary>The results that are most like those of real mail.</summary>
    private static List<(LabelledTicket Ticket, TicketAnalysis Analysis)> OfLongParts(List<PartResults> parts) =>
        [.. parts.Where(part => !part.Short).SelectMany(part => part.Results)];

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    private static void Speed(RuleAnalyser analyser, List<TicketText> texts)
    {
        const int atLeast = 5000;
        var rounds = Math.Max(1, atLeast / texts.Count);
        Analyse(analyser, texts, rounds);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Analyse(analyser, texts, rounds);
        watch.Stop();
        var messages = rounds * texts.Count;
        Console.WriteLine(
            $"  speed: {messages / watch.Elapsed.TotalSeconds:F0} messages/s on one thread, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / messages} bytes allocated per message");
    }

    private static void Analyse(RuleAnalyser analyser, List<TicketText> texts, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            foreach (var text in texts)
                analyser.Analyse(text);
        }
    }

    private static TicketText Text(LabelledTicket ticket) => new(ticket.Subject, ticket.Body, ticket.Sender);
}
