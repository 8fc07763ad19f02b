using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>The facts of one ticket. Reusable: clear it before the next ticket.</summary>
public sealed class FactSet
{
    private readonly long[] _values;
    private ulong _known;

    public FactSet(PolicyDocument policy) => _values = new long[policy.Facts.Length];

    public void Clear() => _known = 0;

    public bool Has(int fact) => (_known >> fact & 1) != 0;

    public bool TryGet(int fact, out long value)
    {
        value = _values[fact];
        return Has(fact);
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
