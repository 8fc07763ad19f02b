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

    /// <exception cref="Packs.PackException">The policy is too entangled to enumerate.</exception>
    public Checker(PolicyDocument policy, Vocabulary vocabulary, RecordBook book)
    {
        _policy = policy;
        Reader = new MessageReader(policy, vocabulary, book);
        _identifier = new Identifier(book);
        _cases = new CaseBuilder(policy);
        _adjudicator = new Adjudicator(policy);
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

        if (reading.SecondRequest >= 0)
            return new Verdict { Classes = 0, Problem = "the text states two requests" };
        var request = _policy.Requests[reading.Request];
        var identified = _identifier.Identify(message, reading, request.Subject);
        if (_cases.Build(request, message, reading, identified, out var claimConflict) is not { } @case)
            return new Verdict { Classes = 0, Problem = claimConflict, Request = request.Name };

        var ruling = _adjudicator.Judge([@case], identified.Missing);
        return new Verdict
        {
            Classes = ruling.Classes,
            Problem = ruling.Problem,
            Request = request.Name,
            Order = identified.Order,
            Product = identified.Product?.Id,
            Customer = identified.Customer?.Id,
            LookupMethod = identified.Method,
            OrderMethod = identified.OrderMethod,
            CandidateOrders = identified.Candidates,
            Outcome = ruling.Outcome,
            References = ruling.References,
            Actions = ruling.Actions,
            EscalationRequired = ruling.Escalates,
            Priority = ruling.Priority,
            AskFor = ruling.AskFor,
            Case = @case,
            Firing = ruling.Firing,
        };
    }
}
