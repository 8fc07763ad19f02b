using System.Diagnostics;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>How many of the labelled fields the rules find with their exact text, and how fast. Prints totals only, never a text.</summary>
internal static class ExtractionBenchmark
{
    private static readonly TimeSpan Timed = TimeSpan.FromSeconds(2);

    public static int Run(string[] args)
    {
        var part = args is [var named] ? named : "development";
        if (args.Length > 1 || !LabelledTickets.Parts.Contains(part, StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"'{string.Join(' ', args)}' is no part of the labelled messages. Use one of: {string.Join(", ", LabelledTickets.Parts)}.");
            return 2;
        }

        var messages = LabelledTickets.Read(part);
        var extractor = new RuleExtractor(new RuleFiles());
        Accuracy(part, messages, extractor);
        Speed(messages, extractor);
        return 0;
    }

    private static void Accuracy(string part, List<LabelledTicket> messages, RuleExtractor extractor)
    {
        var tallies = FieldNames.All.Where(name => name != FieldNames.PriorityKeywords).ToDictionary(name => name, _ => new Tally(), StringComparer.Ordinal);
        var total = new Tally();
        foreach (var message in messages)
        {
            var labelled = message.Entities.ToHashSet();
            var found = extractor.Extract(message.Text, null).Fields
                .SelectMany(field => field.Values.Select(value => new LabelledEntity { Field = field.Name, Text = value.Span.Text }))
                .Where(entity => tallies.ContainsKey(entity.Field)).ToHashSet();
            foreach (var entity in found)
            {
                var right = labelled.Contains(entity);
                tallies[entity.Field].Add(right, !right, false);
                total.Add(right, !right, false);
            }

            foreach (var entity in labelled.Where(entity => !found.Contains(entity)))
            {
                tallies[entity.Field].Add(false, false, true);
                total.Add(false, false, true);
            }
        }

        Console.WriteLine($"{part}: {messages.Count} messages, {total.Right + total.Missed} labelled values; field and exact text must agree");
        Console.WriteLine($"{"field",-18}{"right",7}{"wrong",7}{"missed",8}{"precision",11}{"recall",9}{"F1",8}");
        foreach (var (name, tally) in tallies)
            tally.Print(name);
        total.Print("all (micro)");
    }

    private static void Speed(List<LabelledTicket> messages, RuleExtractor extractor)
    {
        foreach (var message in messages)
            extractor.Extract(message.Text, null);
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

    private sealed class Tally
    {
        public int Right { get; private set; }

        public int Wrong { get; private set; }

        public int Missed { get; private set; }

        public void Add(bool right, bool wrong, bool missed)
        {
            Right += right ? 1 : 0;
            Wrong += wrong ? 1 : 0;
            Missed += missed ? 1 : 0;
        }

        public void Print(string name)
        {
            var precision = Share(Right, Right + Wrong);
            var recall = Share(Right, Right + Missed);
            var f1 = Share(2 * Right, (2 * Right) + Wrong + Missed);
            Console.WriteLine($"{name,-18}{Right,7}{Wrong,7}{Missed,8}{precision,11:0.000}{recall,9:0.000}{f1,8:0.000}");
        }

        private static double Share(int part, int whole) => whole == 0 ? 1 : part / (double)whole;
    }
}
