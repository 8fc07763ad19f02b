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
    private readonly Situation _situation;
    private readonly ReadOnlySpan<int> _standing;

    /// <param name="room">Room for as many numbers as the program has rules.</param>
    public StandingEffects(RequestProgram program, Case @case, ulong firing, in Situation situation, Span<int> room)
    {
        _program = program;
        _case = @case;
        _situation = situation;
        _standing = [];

        Span<int> strongest = stackalloc int[program.Decisions.Length];
        strongest.Fill(int.MaxValue);
        var holding = 0;
        for (var i = 0; i < program.Rules.Length; i++)
        {
            var rule = program.Rules[i];
            if ((firing >> rule.Clause & 1) == 0 || !rule.Holds(situation))
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

    /// <summary>Whether an effect of the kind stands.</summary>
    public bool Any(EffectKind effect)
    {
        foreach (var index in _standing)
        {
            if (_program.Rules[index].Source.Effect == effect)
                return true;
        }

        return false;
    }

    public long FeePercent(ProgramRule fee) => _situation.Parameter(fee.Source.Fee);

    /// <summary>What so many per cent keep, of one unit or of the line; null when no item is at stake.</summary>
    public long? FeeAmount(long percent, bool ofUnit) =>
        AmountOf(ofUnit ? Amount.UnitAmount : Amount.LineAmount, -1) is { } whole ? Share(whole, percent) : null;

    /// <summary>The amount that a clause gives, in cents; null where a part of it is absent.</summary>
    public long? AmountOf(in RuleValue value)
    {
        if (AmountOf(value.Amount, value.Source) is not { } amount)
            return null;
        var share = value.ShareParameter >= 0 ? _situation.Parameter(value.ShareParameter) : value.Share;
        return share == 100 ? amount : Share(amount, share);
    }

    /// <summary>The value that a standing effect demands for its action; null where it cannot be known.</summary>
    public long? DemandedValue(ProgramRule rule) => rule.Source.Effect switch
    {
        EffectKind.Permit => AmountOf(rule.Source.Value) - FeeOn(rule),
        EffectKind.Also => AmountOf(rule.Source.Value),
        _ => 0,
    };

    /// <summary>The sum of the percentages of all fees on a decision.</summary>
    public long FeePercentOn(int decision)
    {
        long percent = 0;
        foreach (var index in _standing)
        {
            var rule = _program.Rules[index];
            percent += rule.Source.Effect == EffectKind.Fee && rule.Decision == decision ? FeePercent(rule) : 0;
        }

        return percent;
    }

    /// <summary>The particulars that an effect gives its action, in the order of the file, then the fee of its decision.</summary>
    public KeyValuePair<string, string>[] Details(ProgramRule rule)
    {
        var percent = rule.Source.Effect == EffectKind.Permit ? FeePercentOn(rule.Decision) : 0;
        var own = rule.Source.Details.Length;
        if (own == 0 && percent == 0)
            return [];
        var details = new KeyValuePair<string, string>[own + (percent == 0 ? 0 : 2)];
        for (var i = 0; i < own; i++)
            details[i] = new(rule.Source.Details[i].Name, Text(rule.Source.Details[i]));
        if (percent != 0)
        {
            details[own] = new("fee_percent", Values.Format(percent, FactType.Integer, []));
            details[own + 1] = new("fee", new Money(FeeOn(rule) ?? 0).ToString());
        }

        return details;
    }

    /// <summary>So many per cent of an amount, rounded half away from zero to a cent.</summary>
    private static long Share(long amount, long percent) => (long)Math.Round(amount * (decimal)percent / 100m, MidpointRounding.AwayFromZero);

    private long? AmountOf(Amount amount, int source)
    {
        var unit = _case.UnitPrice?.Cents;
        return amount switch
        {
            Amount.None => 0,
            Amount.UnitAmount => unit,
            Amount.LineAmount => unit * _case.Quantity,
            Amount.OrderTotal => _case.OrderTotal?.Cents,
            Amount.ExchangeDifference => (unit - Fact(_program.TargetPrice)) * _case.Quantity,
            Amount.PriceMatchDifference => (unit - Fact(_program.CompetitorPrice)) * _case.Quantity,
            Amount.Fact => Fact(source),
            Amount.Parameter => _situation.Parameter(source),
            _ => throw new NotSupportedException($"The checker does not know the value '{amount}'."),
        };
    }

    private long? FeeOn(ProgramRule permit) => FeePercentOn(permit.Decision) is var percent && percent == 0
        ? 0
        : FeeAmount(percent, permit.Source.Value.Amount == Amount.UnitAmount);

    /// <summary>Whether two verdicts are the same in action, value and particulars; fees do not enter.</summary>
    private bool Agree(ProgramRule one, ProgramRule other)
    {
        if (one.Source.Action != other.Source.Action || one.Source.Effect != other.Source.Effect
            || AmountOf(one.Source.Value) != AmountOf(other.Source.Value) || one.Source.Details.Length != other.Source.Details.Length)
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

    private static int Precedence(RequestProgram program, ProgramRule rule) => program.Clauses[rule.Clause].Source.Precedence;

    private string Text(DetailDefinition detail) => detail.Source switch
    {
        DetailSource.Parameter => Values.Format(_situation.Parameter(detail.Parameter), _program.Policy.Parameters[detail.Parameter].Type, _program.Policy.Symbols),
        DetailSource.TrackingNumber => _case.TrackingNumber,
        DetailSource.OrderStatus => _case.OrderStatus,
        DetailSource.TargetProduct => _case.TargetProduct,
        _ => detail.Literal,
    };

    private long? Fact(int fact) => fact >= 0 && _situation.IsPresent(fact) ? _situation.Fact(fact) : null;
}
