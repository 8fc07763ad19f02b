using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// The first oracle over a whole message: identifies who and what it is about, takes the facts of each request, decides each, and joins
/// the answers. Holds scratch, which the next call overwrites: one for each thread.
/// </summary>
internal sealed class Resolver
{
    private const int MostUnknown = 8;
    private readonly RecordBook _book;
    private readonly CaseFacts _facts;
    private readonly Discrepancies _discrepancies;
    private readonly ResolutionWriter _writer;
    private readonly RequestCase[] _cases;
    private readonly int[] _unknown = new int[MostUnknown];
    private int _count;

    public Resolver(PolicyEngine engine, RecordBook book)
    {
        _book = book;
        _facts = new CaseFacts(engine.Policy);
        _discrepancies = new Discrepancies(engine.Policy, book);
        _writer = new ResolutionWriter(engine.Policy);
        _cases = [new RequestCase(engine), new RequestCase(engine)];
    }

    public RecordFacts Names => _facts.Names;

    /// <summary>The requests of the last message, in the order of the policy.</summary>
    public ReadOnlySpan<RequestCase> Cases => _cases.AsSpan(0, _count);

    public Identified Who { get; private set; }

    /// <summary>Whether the answer to the last message is a question.</summary>
    public bool Asks { get; private set; }

    /// <summary>Whether the policy decides every request of the last message.</summary>
    public bool IsDecided
    {
        get
        {
            foreach (var request in Cases)
            {
                if (!request.IsAnswered || !request.Derivation.IsDecided)
                    return false;
            }

            return true;
        }
    }

    /// <param name="requests">One or two, in the order of the policy.</param>
    /// <param name="said">Bits of the claims that the message states; their values are in <paramref name="values"/>.</param>
    /// <param name="target">The product wanted in exchange, when another is named.</param>
    public ResolutionPlan Resolve(ReadOnlySpan<RequestDefinition> requests, in Disclosed disclosed, ulong said, ReadOnlySpan<long> values, Product? target)
    {
        var plan = Resolve(requests, Identification.Find(_book, Stronger(requests), disclosed), disclosed.At, said, values, target);
        var discrepancies = _discrepancies.Of(Cases, Who, disclosed, said, values);
        return discrepancies.Length == 0 ? plan : plan with { Discrepancies = discrepancies };
    }

    /// <summary>Resolves a message of which it is known who and what it is about.</summary>
    /// <inheritdoc cref="Resolve(ReadOnlySpan{RequestDefinition}, in Disclosed, ulong, ReadOnlySpan{long}, Product?)"/>
    public ResolutionPlan Resolve(ReadOnlySpan<RequestDefinition> requests, in Identified who, DateTime at, ulong said, ReadOnlySpan<long> values, Product? target)
    {
        Who = who;
        _count = requests.Length;
        Asks = who.Missing is not null;
        for (var i = 0; i < requests.Length; i++)
        {
            Decide(_cases[i], requests[i], at, said, values, target);
            Asks |= _cases[i].AskFor != 0;
        }

        return Asks ? _writer.Asking(Cases, who) : _writer.Decided(Cases, who);
    }

    /// <summary>The subject for which most must be identified.</summary>
    private static RequestSubject Stronger(ReadOnlySpan<RequestDefinition> requests)
    {
        var subject = requests[0].Subject;
        foreach (var request in requests)
            subject = request.Subject > subject ? request.Subject : subject;
        return subject;
    }

    private void Decide(RequestCase request, RequestDefinition definition, DateTime at, ulong said, ReadOnlySpan<long> values, Product? target)
    {
        request.Begin(definition, Who.Suffices(definition.Subject));
        request.Amounts = _facts.FromRecords(definition, Who, at, target, request.Facts);
        if (!request.IsIdentified)
            return;
        request.Amounts = _facts.WithClaims(definition, said, values, request.Amounts, request.Facts, _unknown, out var count);
        request.Solve(_unknown.AsSpan(0, count), DateOnly.FromDateTime(at));
    }
}
