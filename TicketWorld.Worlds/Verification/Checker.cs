using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// The second oracle: from a message and the records alone, which resolutions does the policy allow?
/// <para>
/// It shares record types and the parser of the policy with the engine, and nothing that reads messages for facts, derives or decides.
/// The engine derives the clauses that fire and collects their effects. The checker guesses: it tries every set of clauses against the
/// definition of what fires, and every set of actions with every value against what the firing clauses demand, and keeps what
/// passes. An error would have to be made twice, in two methods, to go unseen.
/// </para>
/// <para>
/// From many threads: make one <see cref="Checker"/> and one <see cref="ResolutionComparison"/> per world and share them; both are immutable,
/// keep no state between calls, and work on the caller's stack:
/// <code>
/// var checker = new Checker(policy, vocabulary, book);
/// var comparison = new ResolutionComparison(policy);
/// var verdict = checker.Check(message);                        // any thread
/// if (!verdict.IsUnique) …                                     // verdict.Problem says why
/// var differences = comparison.Compare(id, plan, verdict);     // empty when both oracles agree
/// </code>
/// </para>
/// </summary>
public sealed class Checker
{
    private readonly PolicyDocument _policy;
    private readonly Identifier _identifier;
    private readonly CaseBuilder _cases;
    private readonly Adjudicator _adjudicator;
    private readonly DiscrepancyList _discrepancies;

    /// <exception cref="Packs.PackException">The policy is too entangled to enumerate.</exception>
    public Checker(PolicyDocument policy, Vocabulary vocabulary, RecordBook book)
    {
        _policy = policy;
        Reader = new MessageReader(policy, vocabulary, book);
        _identifier = new Identifier(book);
        _cases = new CaseBuilder(policy);
        _adjudicator = new Adjudicator(policy);
        _discrepancies = new DiscrepancyList(policy, book);
    }

    public MessageReader Reader { get; }

    internal Adjudicator Adjudicator => _adjudicator;

    /// <summary>Reads the message and rules on it.</summary>
    public Verdict Check(Message message) => Check(message, Reader.Read(message));

    /// <summary>Rules on a message whose text is read already.</summary>
    public Verdict Check(Message message, Reading reading)
    {
        if (reading.Conflict is { } conflict)
            return new Verdict { Classes = 0, Problem = $"the text contradicts itself: {conflict}" };
        if (reading.Request < 0)
            return new Verdict { Classes = 0, Problem = "the text states no request" };

        var first = _policy.Requests[reading.Request];
        var second = reading.SecondRequest >= 0 ? _policy.Requests[reading.SecondRequest] : null;
        if (second is not null && (first.Subject == RequestSubject.Product || second.Subject == RequestSubject.Product))
            return new Verdict { Classes = 0, Problem = "the text states two requests of which one is about a product alone" };
        string[] names = second is null ? [first.Name] : [first.Name, second.Name];
        var subject = second is not null && second.Subject > first.Subject ? second.Subject : first.Subject;
        var identified = _identifier.Identify(message, reading, subject);
        var @case = _cases.Build(first, message, reading, identified, out var claimConflict);
        var other = @case is null || second is null ? null : _cases.Build(second, message, reading, identified, out claimConflict);
        if (@case is null || (second is not null && other is null))
            return new Verdict { Classes = 0, Problem = claimConflict, Requests = names };

        Case[] cases = other is null ? [@case] : [@case, other];
        var ruling = _adjudicator.Judge(cases, identified.Missing);
        return new Verdict
        {
            Classes = ruling.Classes,
            Problem = ruling.Problem,
            Requests = names,
            Order = identified.Order,
            Product = identified.Product?.Id,
            Customer = identified.Customer?.Id,
            LookupMethod = identified.Method,
            OrderMethod = identified.OrderMethod,
            ProductMethod = identified.ProductMethod,
            CandidateOrders = identified.Candidates,
            Discrepancies = _discrepancies.Of(message, reading, identified, cases),
            Outcome = ruling.Outcome,
            References = ruling.References,
            Actions = ruling.Actions,
            EscalationRequired = ruling.Escalates,
            Priority = ruling.Priority,
            AskFor = ruling.AskFor,
            Cases = cases,
            Firing = ruling.Firing,
        };
    }
}
