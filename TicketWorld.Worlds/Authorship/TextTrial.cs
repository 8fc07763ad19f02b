using System.Text;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Authorship;

/// <summary>The gate for texts of an author: a message must read back as the proved one does, and both oracles must still agree on it.</summary>
internal sealed class TextTrial(World world)
{
    private const int LongestSubject = 200;
    private const int LongestBody = 6000;
    private readonly ReadingDifference _difference = new(world.Pack.Policy, world.Book);

    /// <summary>The draft's message with the author's text, the earlier messages that it quotes kept below.</summary>
    public Message Message(TicketDraft draft, AuthoredMessage text)
    {
        var tail = QuotedTail.Of(draft.Message.Body, world.Pack.Vocabulary);
        return draft.Message with { Subject = text.Subject.Trim(), Body = tail.Length == 0 ? text.Body.Trim() : text.Body.Trim() + "\n\n" + tail };
    }

    /// <summary>What keeps a message from the ticket; nothing when it may stand there.</summary>
    public List<string> Problems(TicketDraft draft, AuthoredMessage text)
    {
        var message = Message(draft, text);
        var problems = Form(text);
        if (problems.Count > 0)
            return problems;
        if (world.Book.CustomerByEmail(message.Sender) is null && !MessageReader.Mentions(message.Body, draft.Customer.Name))
            problems.Add($"It must hold the full name {draft.Customer.Name}.");
        problems.AddRange(world.Pack.Policy.Clauses.Where(c => MessageReader.Mentions(message.Subject, c.Id) || MessageReader.Mentions(message.Body, c.Id)).Select(c => $"It names {c.Id}, which no customer knows."));
        var reading = world.Checker.Reader.Read(message);
        problems.AddRange(_difference.Find(world.Checker.Reader.Read(draft.Message), reading));
        if (problems.Count > 0)
            return problems;
        var verdict = world.Checker.Check(message, reading);
        if (!verdict.IsUnique)
            problems.Add($"It cannot be decided: {verdict.Problem}.");
        else
            problems.AddRange(world.Comparison.Compare(message.TicketId, draft.Plan, verdict).Select(d => $"It changes the answer: {d.Field}."));
        return problems;
    }

    /// <summary>What keeps a reasoning from the resolution; nothing when it may stand there.</summary>
    public List<string> Problems(TicketDraft draft, string reasoning)
    {
        var problems = ReasoningCheck.Problems(reasoning, draft.Plan);
        if (problems.Count > 0)
            return problems;
        var verdict = world.Checker.Check(draft.Message);
        problems.AddRange(world.Comparison.Compare(draft.Message.TicketId, draft.Plan with { PolicyReasoning = reasoning }, verdict).Select(d => $"{d.Found}; expected are {d.Expected}."));
        return problems;
    }

    private static List<string> Form(AuthoredMessage text)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(text.Subject) || text.Subject.Length > LongestSubject || text.Subject.EnumerateRunes().Any(r => r == Rune.ReplacementChar || Rune.IsControl(r)))
            problems.Add($"The subject must be one line of 1 to {LongestSubject} characters.");
        if (string.IsNullOrWhiteSpace(text.Body) || text.Body.Length > LongestBody || text.Body.EnumerateRunes().Any(r => r == Rune.ReplacementChar || (Rune.IsControl(r) && r.Value != '\n')))
            problems.Add($"The body must be plain text of 1 to {LongestBody} characters.");
        return problems;
    }
}
