using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// Decides a case in which the customer left claims unsaid: derives the resolution under every completion of the unknown
/// claims. If all give the same answer, that is the resolution, with what they cite in common; otherwise the answer is to ask for the claims that matter.
/// Holds scratch: one for each thread.
/// </summary>
public sealed class Solver
{
    private readonly PolicyEngine _engine;
    private readonly RecordFacts _names;
    private readonly Derivation _derivation;
    private readonly Citations _citations;
    private readonly long[][] _domains;
    private readonly int[] _choice = new int[8];
    private ulong[] _signatures = new ulong[32];

    public Solver(PolicyEngine engine)
    {
        _engine = engine;
        _names = new RecordFacts(engine.Policy);
        _derivation = new Derivation(engine.Policy);
        _citations = new Citations(engine.Policy.Clauses.Sum(c => c.Rules.Length));
        _domains = Array.ConvertAll(engine.Policy.Facts, Domain);
    }

    /// <summary>The derivation of the last case, when nothing has to be asked.</summary>
    public Derivation Derivation => _derivation;

    /// <summary>Bits of the clauses that apply under any completion of the last case.</summary>
    public ulong Applicable { get; private set; }

    /// <summary>How many completions the last case needed.</summary>
    public int Completions { get; private set; }

    /// <summary>Solves the case.</summary>
    /// <param name="unknown">Facts that the customer left open, in ascending order; at most eight.</param>
    /// <returns>Bits of the facts to ask for; 0 when <see cref="Derivation"/> is the answer.</returns>
    public ulong Solve(FactSet facts, ReadOnlySpan<int> unknown, in CaseAmounts amounts, DateOnly day)
    {
        Completions = 1;
        if (unknown.Length == 0)
        {
            _engine.Derive(facts, amounts, day, _derivation);
            Applicable = _derivation.Applicable;
            return 0;
        }

        foreach (var fact in unknown)
            Completions *= DomainOf(fact, amounts).Length;
        if (_signatures.Length < Completions)
            _signatures = new ulong[Completions];

        Applicable = 0;
        _citations.Begin();
        for (var number = Completions - 1; number >= 0; number--)
        {
            var completed = Complete(facts, unknown, number, amounts);
            _engine.Derive(facts, completed, day, _derivation);
            _signatures[number] = _derivation.Signature(completed);
            Applicable |= _derivation.Applicable;
            _citations.Add(_derivation);
        }

        foreach (var fact in unknown)
            facts.Remove(fact);
        var matters = Matters(unknown, amounts);
        if (matters == 0)
            _derivation.Cite(_citations);
        return matters;
    }

    /// <summary>Sets the unknown facts to completion <paramref name="number"/> in mixed radix.</summary>
    private CaseAmounts Complete(FactSet facts, ReadOnlySpan<int> unknown, int number, in CaseAmounts amounts)
    {
        var completed = amounts;
        for (var i = 0; i < unknown.Length; i++)
        {
            var domain = DomainOf(unknown[i], amounts);
            _choice[i] = number % domain.Length;
            number /= domain.Length;
            var value = domain[_choice[i]];
            facts.Set(unknown[i], value);
            if (unknown[i] == _names.CompetitorPrice)
                completed = completed with { CompetitorPrice = new Money(value) };
        }

        return completed;
    }

    /// <summary>The unknown facts that change the answer while the others are held.</summary>
    private ulong Matters(ReadOnlySpan<int> unknown, in CaseAmounts amounts)
    {
        ulong matters = 0;
        var stride = 1;
        foreach (var fact in unknown)
        {
            var size = DomainOf(fact, amounts).Length;
            for (var number = 0; number < Completions; number++)
            {
                var digit = number / stride % size;
                if (digit > 0 && _signatures[number] != _signatures[number - digit * stride])
                {
                    matters |= 1UL << fact;
                    break;
                }
            }

            stride *= size;
        }

        return matters;
    }

    /// <summary>An amount of money is tried at the least that it can be, and at the price paid, or a million where nothing was paid.</summary>
    private long[] DomainOf(int fact, in CaseAmounts amounts)
    {
        var domain = _domains[fact];
        if (_engine.Policy.Facts[fact].Type == FactType.Money)
            domain[1] = amounts.UnitPrice.Cents > 0 ? amounts.UnitPrice.Cents : 100_000_000;
        return domain;
    }

    private static long[] Domain(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => [0, 1],
        FactType.Symbol => [.. fact.Values],
        FactType.Money => [1, 1],
        _ => [0],
    };
}
