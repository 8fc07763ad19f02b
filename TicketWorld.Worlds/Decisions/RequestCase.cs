using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>One request of a message with its facts and its decision. Reusable scratch: one for each thread and place.</summary>
internal sealed class RequestCase(PolicyEngine engine)
{
    private readonly Solver _solver = new(engine);

    public RequestDefinition Request { get; private set; } = null!;

    public FactSet Facts { get; } = new(engine.Policy);

    public CaseAmounts Amounts { get; set; }

    /// <summary>Whether what the request's subject needs is identified; otherwise nothing is derived.</summary>
    public bool IsIdentified { get; private set; }

    /// <summary>Bits of the claims to ask for; 0 when <see cref="Derivation"/> is the answer.</summary>
    public ulong AskFor { get; private set; }

    /// <summary>How many completions of unknown claims were decided.</summary>
    public int Completions { get; private set; }

    /// <summary>Bits of the clauses that apply, or may apply where claims are unknown.</summary>
    public ulong Applicable { get; private set; }

    public Derivation Derivation => _solver.Derivation;

    /// <summary>Whether the request alone has an answer.</summary>
    public bool IsAnswered => IsIdentified && AskFor == 0;

    public void Begin(RequestDefinition request, bool isIdentified)
    {
        (Request, IsIdentified) = (request, isIdentified);
        (AskFor, Completions, Applicable) = (0, 0, 0);
    }

    /// <param name="unknown">Facts that the customer left open, in ascending order.</param>
    public void Solve(ReadOnlySpan<int> unknown, DateOnly day)
    {
        AskFor = _solver.Solve(Facts, unknown, Amounts, day);
        Completions = _solver.Completions;
        Applicable = _solver.Applicable;
    }
}
