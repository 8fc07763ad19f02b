using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Decisions;

/// <summary>What became of a clause in one case.</summary>
public enum ClauseStatus : byte
{
    /// <summary>It has nothing to say about the case.</summary>
    Silent,

    /// <summary>It applies, but the condition of none of its rules holds.</summary>
    Applicable,

    /// <summary>A stronger clause removed it.</summary>
    Overridden,

    /// <summary>It fired, but its verdict gave way to a stronger one.</summary>
    Outranked,

    /// <summary>It fired and has an effect.</summary>
    Decisive,
}

/// <summary>An action that the derivation found due.</summary>
public struct DueAction
{
    public int Action { get; internal set; }
    public EffectKind Effect { get; internal set; }

    /// <summary>Number of the decision that the verdict answers, or -1.</summary>
    public int Decision { get; internal set; }
    public Money Value { get; internal set; }

    /// <summary>What is kept of the value, and the percentage of all fees together; zero when no fee is due.</summary>
    public Money Fee { get; internal set; }
    public int FeePercent { get; internal set; }

    /// <summary>The rule whose details and reason the action carries.</summary>
    public int Clause { get; internal set; }
    public int Rule { get; internal set; }

    /// <summary>Bits of the clauses that demand it.</summary>
    public ulong Clauses { get; internal set; }
}

/// <summary>
/// The derivation of one resolution: the status of every clause, the parameters as modified, and the actions. It is
/// the proof of the resolution. Reusable scratch: one for each thread.
/// </summary>
public sealed class Derivation
{
    private readonly DueAction[] _actions;

    public Derivation(PolicyDocument policy)
    {
        Policy = policy;
        _actions = new DueAction[policy.Clauses.Sum(c => c.Rules.Length)];
        Status = new ClauseStatus[policy.Clauses.Length];
        OverriddenBy = new int[policy.Clauses.Length];
        Holding = new ulong[policy.Clauses.Length];
        Parameters = new long[policy.Parameters.Length];
        ModifiedBy = new int[policy.Parameters.Length];
    }

    public PolicyDocument Policy { get; }

    public ClauseStatus[] Status { get; }

    /// <summary>By clause: the clause that overrode it, or -1.</summary>
    public int[] OverriddenBy { get; }

    /// <summary>By clause that fired: bits of its rules whose conditions hold.</summary>
    internal ulong[] Holding { get; }

    /// <summary>Values of all parameters on the day, after modification.</summary>
    public long[] Parameters { get; }

    /// <summary>By parameter: the clause whose modification stands, or -1.</summary>
    public int[] ModifiedBy { get; }

    public int ActionCount { get; private set; }

    public ReadOnlySpan<DueAction> Actions => _actions.AsSpan(0, ActionCount);

    public bool Escalated { get; internal set; }

    /// <summary>Bits of the clauses that fired and have an effect.</summary>
    public ulong References { get; internal set; }

    /// <summary>Bits of the clauses that apply to the case, whether they fired or not.</summary>
    public ulong Applicable { get; internal set; }

    /// <summary>Whether the policy decides the case at all.</summary>
    public bool IsDecided => ActionCount > 0 && !(ActionCount == 1 && Escalated);

    /// <param name="parameters">Values of all parameters on the day.</param>
    internal void Reset(long[] parameters)
    {
        Array.Clear(Status);
        Array.Fill(OverriddenBy, -1);
        Array.Fill(ModifiedBy, -1);
        Array.Copy(parameters, Parameters, parameters.Length);
        ActionCount = 0;
        Escalated = false;
        References = 0;
        Applicable = 0;
    }

    internal Span<DueAction> Due => _actions.AsSpan(0, ActionCount);

    internal void Add(in DueAction action) => _actions[ActionCount++] = action;

    /// <summary>
    /// A number that two derivations share exactly when they give the same answer: actions with values and details, escalation, whatever
    /// clauses they cite. (64 bits: a chance of one in 10^19 for each pair that differs.)
    /// </summary>
    public ulong Signature(in CaseAmounts amounts)
    {
        var hash = Draws.Mix(Escalated ? 0x5851F42D4C957F2DUL : 0);
        foreach (ref readonly var action in Actions)
        {
            hash = Draws.Mix(hash ^ (ulong)action.Action) + (ulong)action.Value.Cents;
            hash = Draws.Mix(hash ^ (ulong)action.FeePercent) + (ulong)action.Fee.Cents;
            foreach (var detail in Rule(action).Details)
            {
                var value = detail.Source switch
                {
                    DetailSource.Literal => TextHash(detail.Literal),
                    DetailSource.Parameter => (ulong)Parameters[detail.Parameter],
                    DetailSource.TargetProduct => (ulong)amounts.TargetProduct,
                    _ => 0UL,
                };
                hash = Draws.Mix(hash ^ value) + TextHash(detail.Name);
            }
        }

        return hash;
    }

    /// <summary>Cites what a number of derivations with the same answer, of which this is one, cite in common.</summary>
    internal void Cite(Citations common)
    {
        References = common.References;
        for (var i = 0; i < ActionCount; i++)
        {
            ref var due = ref _actions[i];
            due.Clauses = common.OfAction(i);
            References |= due.Clauses;
            if ((due.Clauses >> due.Clause & 1) == 0)
                Attribute(ref due);
        }

        for (var index = 0; index < Status.Length; index++)
        {
            if (Status[index] == ClauseStatus.Decisive && (References >> index & 1) == 0)
                Status[index] = ClauseStatus.Applicable;
        }
    }

    /// <summary>Gives the action the reason of a clause that it cites.</summary>
    private void Attribute(ref DueAction due)
    {
        foreach (var clause in Policy.Clauses)
        {
            foreach (var rule in (due.Clauses >> clause.Index & 1) != 0 ? clause.Rules : [])
            {
                if ((Holding[clause.Index] >> rule.Index & 1) != 0 && rule.Effect == due.Effect && rule.Action == due.Action)
                {
                    (due.Clause, due.Rule) = (clause.Index, rule.Index);
                    return;
                }
            }
        }
    }

    private static ulong TextHash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }

    internal ClauseRule Rule(in DueAction action) => Policy.Clauses[action.Clause].Rules[action.Rule];

    /// <summary>Whether two rules of one case have the same particulars.</summary>
    internal bool DetailsAgree(ClauseRule a, ClauseRule b)
    {
        if (a.Details.Length != b.Details.Length)
            return false;
        for (var i = 0; i < a.Details.Length; i++)
        {
            var (x, y) = (a.Details[i], b.Details[i]);
            if (x.Name != y.Name || x.Source != y.Source)
            {
                return false;
            }

            var same = x.Source switch
            {
                DetailSource.Literal => x.Literal == y.Literal,
                DetailSource.Parameter => Parameters[x.Parameter] == Parameters[y.Parameter],
                _ => true,
            };
            if (!same)
                return false;
        }

        return true;
    }
}

/// <summary>The amounts of a case from which the values of actions are made.</summary>
/// <param name="TargetProduct">Number of the product wanted in exchange, 0 for none.</param>
public readonly record struct CaseAmounts(Money UnitPrice, int Quantity, Money OrderTotal, Money TargetPrice, Money CompetitorPrice, int TargetProduct)
{
    public Money LineAmount => UnitPrice * Quantity;

    /// <summary>The value that a rule gives; its facts must be present.</summary>
    internal Money Of(in RuleValue value, FactSet facts, long[] parameters)
    {
        var amount = value.Amount switch
        {
            Amount.Fact => new Money(facts[value.Source]),
            Amount.Parameter => new Money(parameters[value.Source]),
            _ => Of(value.Amount),
        };
        var share = value.ShareParameter >= 0 ? parameters[value.ShareParameter] : value.Share;
        return share == 100 ? amount : amount.Percent(share);
    }

    private Money Of(Amount amount) => amount switch
    {
        Amount.UnitAmount => UnitPrice,
        Amount.LineAmount => LineAmount,
        Amount.OrderTotal => OrderTotal,
        Amount.ExchangeDifference => (UnitPrice - TargetPrice) * Quantity,
        Amount.PriceMatchDifference => (UnitPrice - CompetitorPrice) * Quantity,
        _ => Money.Zero,
    };
}
