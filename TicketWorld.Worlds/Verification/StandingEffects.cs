using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// The effects that stand in a case once the firing clauses are known: a verdict of the strongest precedence on its
/// decision or one that agrees with it, a fee on a decision with a standing permit, and everything else that holds. They are the constraints on resolutions.
/// </summary>
internal readonly ref struct StandingEffects
{
    private readonly RequestProgram _program;
    private readonly Case _case;
    private readonly ReadOnlySpan<long> _facts;
    private readonly ulong _present;
    private readonly ReadOnlySpan<long> _parameters;
    private readonly ReadOnlySpan<int> _standing;

    /// <param name="room">Room for as many numbers as the program has rules.</param>
    public StandingEffects(RequestProgram program, Case @case, ulong firing, ReadOnlySpan<long> facts, ulong present, ReadOnlySpan<long> parameters, Span<int> room)
    {
        _program = program;
        _case = @case;
        _facts = facts;
        _present = present;
        _parameters = parameters;
        _standing = [];

        Span<int> strongest = stackalloc int[program.Decisions.Length];
        strongest.Fill(int.MaxValue);
        var situation = new Situation(facts, present, parameters);
        var holding = 0;
        for (var i = 0; i < program.Rules.Length; i++)
        {
            var rule = program.Rules[i];
            if ((firing >> rule.Clause & 1) == 0 || !rule.When.Holds(situation))
                continue;
            room[holding++] = i;
            if (IsVerdict(rule))
                strongest[rule.Decision] = Math.Min(strongest[rule.Decision], Precedence(program, rule));
        }

        // Of the strongest precedence all stand, even if they disagree (then nothing complies); a weaker one stands if it agrees.
        ulong permitted = 0;
        Span<int> winner = stackalloc int[program.Decisions.Length];
        for (var i = holding - 1; i >= 0; i--)
        {
            var rule = program.Rules[room[i]];
            if (!IsVerdict(rule) || Precedence(program, rule) != strongest[rule.Decision])
                continue;
            winner[rule.Decision] = room[i];
            permitted |= rule.Source.Effect == EffectKind.Permit ? 1UL << rule.Decision : 0;
        }

        var kept = 0;
        for (var i = 0; i < holding; i++)
        {
            var rule = program.Rules[room[i]];
            var stands = rule.Source.Effect switch
            {
                EffectKind.Permit or EffectKind.Deny => Precedence(program, rule) == strongest[rule.Decision] || Agree(rule, program.Rules[winner[rule.Decision]]),
                EffectKind.Fee => (permitted >> rule.Decision & 1) != 0,
                _ => true,
            };
            if (stands)
                room[kept++] = room[i];
        }

        _standing = room[..kept];
    }

    public int Count => _standing.Length;

    public ProgramRule this[int index] => _program.Rules[_standing[index]];

    public static bool IsVerdict(ProgramRule rule) => rule.Source.Effect is EffectKind.Permit or EffectKind.Deny;

    /// <summary>What a fee keeps, rounded half away from zero to a cent; null when no line is at stake.</summary>
    public long? FeeAmount(ProgramRule fee) => AmountOf(Amount.LineAmount) is { } line
        ? (long)Math.Round(line * (decimal)FeePercent(fee) / 100m, MidpointRounding.AwayFromZero)
        : null;

    public long FeePercent(ProgramRule fee) => _parameters[fee.Source.Fee];

    /// <summary>A named amount of the case in cents; null where a part of it is absent.</summary>
    public long? AmountOf(Amount amount)
    {
        var unit = _case.UnitPrice?.Cents;
        return amount switch
        {
            Amount.None => 0,
            Amount.LineAmount => unit * _case.Quantity,
            Amount.OrderTotal => _case.OrderTotal?.Cents,
            Amount.ExchangeDifference => (unit - Fact("target_price")) * _case.Quantity,
            _ => (unit - Fact("competitor_price")) * _case.Quantity,
        };
    }

    /// <summary>The value that a standing effect demands for its action; null where it cannot be known.</summary>
    public long? DemandedValue(ProgramRule rule)
    {
        if (rule.Source.Effect != EffectKind.Permit)
            return 0;
        var value = AmountOf(rule.Source.Amount);
        foreach (var index in _standing)
        {
            var other = _program.Rules[index];
            if (other.Source.Effect == EffectKind.Fee && other.Decision == rule.Decision)
                value -= FeeAmount(other);
        }

        return value;
    }

    /// <summary>The particulars that an effect gives its action, in the order of the file, then the fees of its decision.</summary>
    public KeyValuePair<string, string>[] Details(ProgramRule rule)
    {
        var fees = 0;
        if (rule.Source.Effect == EffectKind.Permit)
        {
            foreach (var index in _standing)
                fees += IsFeeOn(_program.Rules[index], rule.Decision) ? 1 : 0;
        }

        if (rule.Source.Details.Length + fees == 0)
            return [];
        var details = new KeyValuePair<string, string>[rule.Source.Details.Length + fees * 2];
        var next = 0;
        foreach (var detail in rule.Source.Details)
            details[next++] = new(detail.Name, Text(detail));
        for (var i = 0; next < details.Length; i++)
        {
            var other = this[i];
            if (!IsFeeOn(other, rule.Decision))
                continue;
            details[next++] = new("fee_percent", Values.Format(FeePercent(other), FactType.Integer, []));
            details[next++] = new("fee", new Money(FeeAmount(other) ?? 0).ToString());
        }

        return details;
    }

    /// <summary>Whether two verdicts are the same in action, value and particulars; fees do not enter.</summary>
    private bool Agree(ProgramRule one, ProgramRule other)
    {
        if (one.Source.Action != other.Source.Action || one.Source.Effect != other.Source.Effect
            || AmountOf(one.Source.Amount) != AmountOf(other.Source.Amount) || one.Source.Details.Length != other.Source.Details.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Source.Details.Length; i++)
        {
            if (one.Source.Details[i].Name != other.Source.Details[i].Name || Text(one.Source.Details[i]) != Text(other.Source.Details[i]))
                return false;
        }

        return true;
    }

    private static bool IsFeeOn(ProgramRule rule, int decision) => rule.Source.Effect == EffectKind.Fee && rule.Decision == decision;

    private static int Precedence(RequestProgram program, ProgramRule rule) => program.Clauses[rule.Clause].Source.Precedence;

    private string Text(DetailDefinition detail) => detail.Source switch
    {
        DetailSource.Parameter => Values.Format(_parameters[detail.Parameter], _program.Policy.Parameters[detail.Parameter].Type, _program.Policy.Symbols),
        DetailSource.TrackingNumber => _case.TrackingNumber,
        DetailSource.OrderStatus => _case.OrderStatus,
        DetailSource.TargetProduct => _case.TargetProduct,
        _ => detail.Literal,
    };

    private long? Fact(string name) =>
        _program.Policy.FactsByName.TryGetValue(name, out var fact) && (_present >> fact.Index & 1) != 0 ? _facts[fact.Index] : null;
}
