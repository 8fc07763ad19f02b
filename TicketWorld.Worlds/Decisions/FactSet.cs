using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>The facts of one ticket. Reusable: clear it before the next ticket.</summary>
public sealed class FactSet
{
    private readonly long[] _values;
    private ulong _known;

    public FactSet(PolicyDocument policy) => _values = new long[policy.Facts.Length];

    public void Clear() => _known = 0;

    /// <summary>Whether a fact is present; one that the policy does not define (-1) never is.</summary>
    public bool Has(int fact) => fact >= 0 && (_known >> fact & 1) != 0;

    public bool TryGet(int fact, out long value)
    {
        var has = Has(fact);
        value = has ? _values[fact] : 0;
        return has;
    }

    public long this[int fact] => Has(fact) ? _values[fact] : throw new InvalidOperationException($"Fact {fact} is absent.");

    public void Set(int fact, long value)
    {
        if (fact < 0)
            return;
        _values[fact] = value;
        _known |= 1UL << fact;
    }

    public void Set(int fact, bool value) => Set(fact, value ? 1 : 0);

    /// <summary>Where the value of a fact comes from: a claim that the record answers comes from the database.</summary>
    public FactSource SourceOf(FactDefinition fact) => fact.Record >= 0 && Has(fact.Record) ? FactSource.Database : fact.Source;

    public void Remove(int fact) => _known &= ~(1UL << fact);
}
