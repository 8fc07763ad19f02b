using System.Diagnostics;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>How many of the labelled fields the rules find with their exact text, and how fast. Prints totals only, unless what is wrong is asked for.</summary>
internal static class ExtractionBenchmark
{
    /// <summary>The part that is measured only: no message of it is listed.</summary>
    private const string HeldOut = "measured";

    private static readonly TimeSpan Timed = TimeSpan.FromSeconds(2);

    public static int Run(string[] arguments)
    {
        string[] valued = ["--rules", "--field"];
        var words = arguments.Where((argument, i) => !argument.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !valued.Contains(arguments[i - 1]))).ToArray();
        var files = new RuleFiles(Option(arguments, "--rules"));
        if (words is ["learn"])
            return Learn(files, Option(arguments, "--rules") ?? Path.Combine("TicketWorld.Support", "Rules"));
        string[] parts = words.Length == 0 ? ["development"] : words;
        var wrong = arguments.Contains("--wrong");
        if (parts.FirstOrDefault(part => !LabelledTickets.Parts.Contains(part, StringComparer.Ordinal)) is { } unknown)
        {
            Console.Error.WriteLine($"'{unknown}' is no part of the labelled messages. Use one or several of: {string.Join(", ", LabelledTickets.Parts)}.");
            return 2;
        }

        if (wrong && parts.Contains(HeldOut, StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"'{HeldOut}' is measured only: leave out --wrong.");
            return 2;
        }

        var messages = parts.SelectMany(LabelledTickets.Read).ToList();
        var extractor = new RuleExtractor(files);
        if (arguments.Contains("--unseen"))
            LeaveWritersOut(parts, files, wrong, Option(arguments, "--field"));
        else
            Accuracy(string.Join(", ", parts), [.. messages.Select(message => (message, extractor))], wrong, Option(arguments, "--field"));
        if (!wrong)
            Speed(messages, extractor);
        return 0;
    }

    private static int Learn(RuleFiles files, string folder)
    {
        File.WriteAllText(Path.Combine(folder, NameWeights.FileName), new NameTraining(files).Weights());
        return 0;
    }

    /// <summary>Each part by weights for names that were learnt from the others.</summary>
    private static void LeaveWritersOut(string[] parts, RuleFiles files, bool wrong, string? only)
    {
        var training = new NameTraining(files);
        var messages = new List<(LabelledTicket, RuleExtractor)>[parts.Length];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var extractor = new RuleExtractor(files, training.Without(parts[i]));
            messages[i] = [.. LabelledTickets.Read(parts[i]).Select(message => (message, extractor))];
        });
        Accuracy(string.Join(", ", parts), [.. messages.SelectMany(part => part)], wrong, only);
    }

    private static void Accuracy(string parts, List<(LabelledTicket Message, RuleExtractor Extractor)> messages, bool listed, string? only)
    {
        var tallies = FieldNames.All.Where(name => name != FieldNames.PriorityKeywords).ToDictionary(name => name, _ => new ExtractionTally(), StringComparer.Ordinal);
        var total = new ExtractionTally();
        var lines = new List<(string Field, string Line)>();
        foreach (var (message, extractor) in messages)
        {
            var labelled = message.Entities.ToHashSet();
            var found = extractor.Extract(message.Text, null).Fields
                .SelectMany(field => field.Values.Select(value => new LabelledEntity { Field = field.Name, Text = value.Span.Text }))
                .Where(entity => tallies.ContainsKey(entity.Field)).ToHashSet();
            foreach (var entity in found)
            {
                var right = labelled.Contains(entity);
                foreach (var tally in (ExtractionTally[])[tallies[entity.Field], total])
                {
                    if (right)
                        tally.AddRight();
                    else
                        tally.AddWrong();
                }

                if (!right)
                    lines.Add((entity.Field, $"{entity.Field} {message.Id} wrong  | {entity.Text} | {Around(message, entity.Text)}"));
            }

            foreach (var entity in labelled.Where(entity => !found.Contains(entity)))
            {
                tallies[entity.Field].AddMissed();
                total.AddMissed();
                lines.Add((entity.Field, $"{entity.Field} {message.Id} missed | {entity.Text} | {Around(message, entity.Text)}"));
            }
        }

        if (listed)
        {
            foreach (var (_, line) in lines.Where(line => only is null || line.Field == only).OrderBy(line => line.Field, StringComparer.Ordinal))
                Console.WriteLine(line);
        }

        Console.WriteLine($"{parts}: {messages.Count} messages, {total.Right + total.Missed} labelled values; field and exact text must agree");
        Console.WriteLine(ExtractionTally.Head);
        foreach (var (name, tally) in tallies)
            tally.Print(name);
        total.Print("all (micro)");
    }

    /// <summary>Where a value stands, with some text on either side, on one line.</summary>
    private static string Around(LabelledTicket message, string value)
    {
        const int side = 70;
        var text = $"{message.Subject} ¶ {message.Body}";
        var at = text.IndexOf(value, StringComparison.Ordinal);
        var start = Math.Max(0, at - side);
        return at < 0 ? "" : text[start..Math.Min(text.Length, at + value.Length + side)].ReplaceLineEndings("⏎");
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    private static void Speed(List<LabelledTicket> messages, RuleExtractor extractor)
    {
        // Until the compiler has seen what is called often, it is code of the first tier that runs.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < Timed;)
        {
            foreach (var message in messages)
                extractor.Extract(message.Text, null);
        }

        var characters = messages.Sum(message => message.Subject.Length + message.Body.Length);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var count = 0L;
        while (clock.Elapsed < Timed)
        {
            foreach (var message in messages)
                extractor.Extract(message.Text, null);
            count += messages.Count;
        }

        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var worked = (process.TotalProcessorTime - processor).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine($"{count / seconds:N0} messages/s on one thread, {count / worked:N0} a second of processor time, {characters / (double)messages.Count:N0} characters a message, {allocated / count:N0} bytes allocated a message");
    }
}
