using System.Collections.Frozen;

namespace TicketWorld.Worlds.Policy;

/// <summary>What a fact's value is. Values are held as <see cref="long"/>: 0 or 1, a whole number, cents, or the number of a symbol.</summary>
public enum FactType : byte
{
    Boolean,
    Integer,
    Money,
    Symbol,
}

/// <summary>Where a fact comes from.</summary>
public enum FactSource : byte
{
    Database,
    Clock,
    Customer,

    /// <summary>Known only after the decision; for priorities.</summary>
    Decision,
}

/// <summary>A typed statement about one ticket that a decision may depend on.</summary>
/// <param name="Index">Position in <see cref="PolicyDocument.Facts"/>.</param>
/// <param name="Values">For symbols: the numbers of the values it may take.</param>
/// <param name="Record">For a claim: the fact from the records that answers the same question and goes before the customer's word, or -1.</param>
public sealed record FactDefinition(int Index, string Name, FactType Type, FactSource Source, int[] Values, string Description, int Record = -1);

/// <summary>What a request is about, and so what must be identified before it can be decided.</summary>
public enum RequestSubject : byte
{
    None,
    Product,
    Order,
    Item,
}

/// <summary>A claim that a request depends on.</summary>
/// <param name="Fact">Index of the customer's fact.</param>
/// <param name="Silence">The value when the customer says nothing; null when silence leaves it unknown.</param>
public sealed record ClaimDefinition(int Fact, long? Silence);

/// <summary>A kind of request that customers make.</summary>
/// <param name="Symbol">Number of its symbol, the value of the fact <c>request</c>.</param>
public sealed record RequestDefinition(string Name, int Symbol, RequestSubject Subject, ClaimDefinition[] Claims)
{
    /// <summary>Whether the request depends on a claim.</summary>
    public bool HasClaim(int fact)
    {
        foreach (var claim in Claims)
        {
            if (claim.Fact == fact)
                return true;
        }

        return false;
    }
}

/// <summary>What an action does; decides the outcome that a resolution is filed under.</summary>
public enum ActionKind : byte
{
    Grant,
    Deny,
    Conditional,
    Investigate,
    Inform,
    Escalate,
    Clarify,
}

/// <summary>An action that a resolution may hold.</summary>
/// <param name="Changes">Fields of the order (<c>order_status</c>) or its line (<c>item_status</c>) that carrying it out sets.</param>
public sealed record ActionDefinition(int Index, string Name, ActionKind Kind, string Description, KeyValuePair<string, string>[] Changes);

/// <summary>A parameter of a clause, which another clause may modify.</summary>
/// <param name="Value">Before the first version that sets it.</param>
public sealed record ClauseParameter(int Index, int Clause, string Name, FactType Type, long Value);

/// <summary>A value that a version of a clause gives to one of its parameters.</summary>
/// <param name="Parameter">Index of the parameter.</param>
public sealed record ParameterSetting(int Parameter, long Value);

/// <summary>A clause as it is from a day on. A parameter that the version does not set keeps the value it had.</summary>
/// <param name="Text">The clause's text from that day on; null when it stays.</param>
public sealed record ClauseVersion(DateOnly From, ParameterSetting[] Settings, string? Text);

/// <summary>What a rule does when its condition holds.</summary>
public enum EffectKind : byte
{
    /// <summary>Nothing but being cited: the clause holds and says so.</summary>
    Support,

    /// <summary>Verdict: the action is due, with its value.</summary>
    Permit,

    /// <summary>Verdict: the request is refused with the action.</summary>
    Deny,

    /// <summary>An action that is due besides whatever the verdict is.</summary>
    Also,

    /// <summary>Lowers the value of the permitted action of the decision by a percentage of the amount at stake.</summary>
    Fee,

    /// <summary>A person must take over.</summary>
    Escalate,
}

/// <summary>A named amount of the case that an action's value may be.</summary>
public enum Amount : byte
{
    None,
    LineAmount,
    OrderTotal,
    ExchangeDifference,
    PriceMatchDifference,
    UnitAmount,

    /// <summary>The value of a money fact.</summary>
    Fact,

    /// <summary>The value of a money parameter.</summary>
    Parameter,
}

/// <summary>The value of an action: an amount, or a share of it.</summary>
/// <param name="Source">Index of the fact or the parameter, for <see cref="Amount.Fact"/> and <see cref="Amount.Parameter"/>; else -1.</param>
/// <param name="Share">Per cent of the amount, where no parameter holds them.</param>
/// <param name="ShareParameter">The parameter that holds the per cent, or -1.</param>
public readonly record struct RuleValue(Amount Amount, int Source = -1, int Share = 100, int ShareParameter = -1)
{
    public static RuleValue None => new(Amount.None);
}

/// <summary>Where a particular of an action comes from.</summary>
public enum DetailSource : byte
{
    Literal,
    Parameter,
    TrackingNumber,
    OrderStatus,
    TargetProduct,
}

/// <summary>A named particular of an action.</summary>
/// <param name="Parameter">Index of the parameter, for <see cref="DetailSource.Parameter"/>.</param>
public sealed record DetailDefinition(string Name, DetailSource Source, string Literal, int Parameter);

/// <summary>One rule of a clause.</summary>
/// <param name="Decision">The question that the effect answers, for example <c>return</c>; verdicts on one question compete by precedence.</param>
/// <param name="Action">Index of the action, or -1.</param>
/// <param name="Fee">The parameter that holds the percentage, or -1.</param>
public sealed record ClauseRule(
    int Index,
    Expression When,
    EffectKind Effect,
    string Decision,
    int Action,
    RuleValue Value,
    int Fee,
    DetailDefinition[] Details,
    string Reason,
    int Line)
{
    public Amount Amount => Value.Amount;
}

/// <summary>A change that one clause makes to a parameter of another.</summary>
/// <param name="Clause">Index of the clause that changes.</param>
/// <param name="Parameter">Index of the parameter.</param>
public sealed record Modification(int Clause, int Parameter, long Value);

/// <summary>One numbered rule of the policy.</summary>
public sealed record Clause
{
    public required int Index { get; init; }
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Category { get; init; }

    /// <summary>1 is strongest.</summary>
    public required int Precedence { get; init; }
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day on which it holds, or null.</summary>
    public required DateOnly? EffectiveTo { get; init; }

    /// <summary>The clause as customers read it before its first version, with <c>{parameter}</c> for its values.</summary>
    public required string Text { get; init; }
    public required ClauseParameter[] Parameters { get; init; }

    /// <summary>By day, ascending.</summary>
    public required ClauseVersion[] Versions { get; init; }

    /// <summary>Whether it comes in only when another clause requires it.</summary>
    public required bool OnlyWhenRequired { get; init; }
    public required Expression Applies { get; init; }
    public required ClauseRule[] Rules { get; init; }
    public required int[] Overrides { get; init; }
    public required Modification[] Modifies { get; init; }
    public required int[] Requires { get; init; }
    public required int[] InteractsWith { get; init; }
    public required int Line { get; init; }

    /// <summary>Whether the clause holds on a day; both bounds belong to it.</summary>
    public bool IsEffective(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } last || day <= last);
}

/// <summary>Priority of a resolution; the first whose condition holds.</summary>
/// <param name="Condition">The condition as the pack writes it.</param>
public sealed record PriorityRule(string Priority, Expression When, string Condition);

/// <summary>A company's policy: what may be known of a case, what may be done, and the clauses that decide.</summary>
public sealed class PolicyDocument
{
    public required string[] Symbols { get; init; }
    public required FactDefinition[] Facts { get; init; }
    public required RequestDefinition[] Requests { get; init; }
    public required ActionDefinition[] Actions { get; init; }
    public required ClauseParameter[] Parameters { get; init; }
    public required Clause[] Clauses { get; init; }
    public required PriorityRule[] Priorities { get; init; }
    public required KeyValuePair<string, string>[] Conditions { get; init; }

    /// <summary>How the clauses are applied, in words.</summary>
    public required PolicyApplication Application { get; init; }

    /// <summary>The action and the clause by which missing information is asked for.</summary>
    public required int ClarificationAction { get; init; }
    public required int ClarificationClause { get; init; }

    public FrozenDictionary<string, int> SymbolNumbers { get; private set; } = FrozenDictionary<string, int>.Empty;

    public FrozenDictionary<string, FactDefinition> FactsByName { get; private set; } = FrozenDictionary<string, FactDefinition>.Empty;

    public FrozenDictionary<string, Clause> ClausesById { get; private set; } = FrozenDictionary<string, Clause>.Empty;

    public FrozenDictionary<string, RequestDefinition> RequestsByName { get; private set; } = FrozenDictionary<string, RequestDefinition>.Empty;

    public FrozenDictionary<string, ActionDefinition> ActionsByName { get; private set; } = FrozenDictionary<string, ActionDefinition>.Empty;

    /// <summary>Number of a symbol; -1 for one that the policy does not know.</summary>
    public int SymbolOf(string name) => SymbolNumbers.TryGetValue(name, out var number) ? number : -1;

    internal PolicyDocument Indexed()
    {
        SymbolNumbers = Symbols.Select((s, i) => KeyValuePair.Create(s, i)).ToFrozenDictionary(StringComparer.Ordinal);
        FactsByName = Facts.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        ClausesById = Clauses.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        RequestsByName = Requests.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        ActionsByName = Actions.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        return this;
    }
}
