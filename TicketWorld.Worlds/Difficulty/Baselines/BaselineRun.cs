using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>How often an agent was right, over all tickets and level by level.</summary>
/// <param name="Right">Right answers by level, 1 first.</param>
public sealed record BaselineScore(string Agent, string Description, int[] Right, int[] Tickets)
{
    /// <summary>Shares of right answers by level; 0 where a level has no ticket.</summary>
    public double[] Accuracy => [.. Right.Zip(Tickets, (right, of) => of == 0 ? 0 : (double)right / of)];

    public double Overall => Tickets.Sum() == 0 ? 0 : (double)Right.Sum() / Tickets.Sum();
}

/// <summary>Has simple agents answer the tickets of a set. An answer is right when outcome and types of the actions are, and a question asks for the right thing.</summary>
public static class BaselineRun
{
    public const int Levels = 4;

    /// <exception cref="WorldException">The set has no debug keys, or cannot be read.</exception>
    public static IReadOnlyList<BaselineScore> Run(DatasetReader set, CancellationToken cancellation = default)
    {
        var check = new RecordCheck(DatasetReader.PolicyGraphName, "(file)");
        if (PolicyFiles.ReadGraph(File.ReadAllText(set.PathOf(DatasetReader.PolicyGraphName)), check) is not { } dataset)
            throw new WorldException("invalid_set", $"{set.PathOf(DatasetReader.PolicyGraphName)} holds no policy.", "Run ticketworld verify on the folder, and generate the set again.", "dir", set.Folder);
        var policy = dataset.Policy;
        var tiers = policy.FactsByName.TryGetValue("customer_tier", out var tier) ? tier.Values.Select(v => policy.Symbols[v]).ToArray() : [];
        using var file = File.OpenRead(set.PathOf(DatasetReader.DatabaseName));
        var book = Database.Read(file, tiers, new VerificationReport(0)).Book();
        var checker = new Checker(policy, dataset.Vocabulary, book);
        IBaselineAgent[] agents =
        [
            new MajorityAgent(checker.Reader),
            new LiteralAgent(policy, checker.Reader, book),
            new ByTheBookAgent(policy, checker.Reader, book, checker.Adjudicator),
        ];

        foreach (var ticket in Tickets(set))
        {
            cancellation.ThrowIfCancellationRequested();
            Array.ForEach(agents, agent => agent.Learn(ticket));
        }

        var right = agents.Select(_ => new int[Levels]).ToArray();
        var of = new int[Levels];
        foreach (var ticket in Tickets(set))
        {
            cancellation.ThrowIfCancellationRequested();
            of[ticket.Level - 1]++;
            for (var i = 0; i < agents.Length; i++)
                right[i][ticket.Level - 1] += agents[i].Solve(ticket) == ticket.Gold ? 1 : 0;
        }

        return [.. agents.Select((agent, i) => new BaselineScore(agent.Name, agent.Description, right[i], of))];
    }

    private static IEnumerable<BaselineTicket> Tickets(DatasetReader set)
    {
        var number = 0;
        foreach (var json in set.Tickets())
        {
            if (!json.TryGetProperty("_difficulty", out var difficulty))
                throw new WorldException("no_debug_keys", $"{set.Folder} holds tickets without _difficulty, so their level is not known.", "Generate the set without --no-debug.", "dir", set.Folder);
            var ticket = Ticket(json, difficulty, number, set);
            number++;
            yield return ticket;
        }
    }

    private static BaselineTicket Ticket(JsonElement json, JsonElement difficulty, int number, DatasetReader set)
    {
        try
        {
            var message = new Message(Text(json, "ticket_id"), Text(json, "customer_email"), Text(json, "subject"), Text(json, "body"), json.GetProperty("timestamp").GetDateTime().ToUniversalTime());
            var plan = json.GetProperty("resolution_plan");
            var actions = plan.GetProperty("actions").EnumerateArray().Select(a => Answer.Action(Text(a, "type"), a.GetProperty("details").TryGetProperty("ask_for", out var asked) ? asked.GetString() : null));
            var level = difficulty.GetProperty("level").GetInt32();
            if (level is >= 1 and <= Levels)
                return new BaselineTicket(number, message, level, Answer.Of(Text(plan, "expected_outcome"), actions));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(number, set, e.Message);
        }

        throw Damaged(number, set, "its level is none of 1 to 4");
    }

    private static WorldException Damaged(int number, DatasetReader set, string problem) =>
        new("invalid_set", $"Ticket {number + 1} of {set.Folder} cannot be read: {problem}", "Run ticketworld verify on the folder, and generate the set again.", "dir", set.Folder);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
