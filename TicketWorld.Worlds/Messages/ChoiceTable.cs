namespace TicketWorld.Worlds.Messages;

/// <summary>
/// The alternatives of a rule that fit a message, found once for each combination of the tags and days that the rule looks
/// at and then remembered. Safe for many threads without locks: an entry is complete before it is published, and a slot is
/// filled once. When there is no slot left, the answer is worked out anew.
/// </summary>
internal sealed class ChoiceTable
{
    private const int Probes = 4;
    private const int MostSlots = 512;

    [ThreadStatic]
    private static byte[]? _scratch;
    private readonly Alternative[] _alternatives;
    private readonly TagSet _relevant;

    /// <summary>Days at which the fitting set changes, ascending.</summary>
    private readonly int[] _bounds;
    private readonly Entry?[] _slots;

    public ChoiceTable(Alternative[] alternatives)
    {
        _alternatives = alternatives;
        var edges = new SortedSet<int>();
        foreach (ref readonly var alternative in alternatives.AsSpan())
        {
            _relevant |= alternative.Requires | alternative.Forbids;
            if (alternative.DaysFrom < 0)
                continue;
            edges.Add(alternative.DaysFrom);
            edges.Add(alternative.DaysTo + 1);
        }

        _bounds = [.. edges];
        var slots = 8;
        while (slots < MostSlots && slots < (_bounds.Length + 1) * alternatives.Length)
            slots *= 2;
        _slots = new Entry?[slots];
    }

    /// <summary>Indexes of the fitting alternatives, each as often as it weighs; empty when none fits.</summary>
    public ReadOnlySpan<byte> Fitting(in TagSet tags, int days)
    {
        var seen = tags & _relevant;
        var age = _bounds.Length == 0 ? 0 : AgeOf(days);
        var hash = seen.Hash(age);
        for (var probe = 0; probe < Probes; probe++)
        {
            ref var slot = ref _slots[(hash + (uint)probe) & (uint)(_slots.Length - 1)];
            var entry = Volatile.Read(ref slot);
            if (entry is null)
            {
                entry = new Entry(seen, age, Work(tags, days).ToArray());
                Interlocked.CompareExchange(ref slot, entry, null);
                return entry.Picks;
            }

            if (entry.Age == age && entry.Tags.Bits == seen.Bits)
                return entry.Picks;
        }

        return Work(tags, days);
    }

    /// <summary>Which of the spans between <see cref="_bounds"/> the days lie in.</summary>
    private int AgeOf(int days)
    {
        var at = 0;
        while (at < _bounds.Length && _bounds[at] <= days)
            at++;
        return at;
    }

    private ReadOnlySpan<byte> Work(in TagSet tags, int days)
    {
        var picks = _scratch ??= new byte[Rule.MostAlternatives * Alternative.MostWeight];
        var filled = 0;
        for (var i = 0; i < _alternatives.Length; i++)
        {
            ref readonly var alternative = ref _alternatives[i];
            if (!alternative.Fits(tags, days))
                continue;
            picks.AsSpan(filled, alternative.Weight).Fill((byte)i);
            filled += alternative.Weight;
        }

        return picks.AsSpan(0, filled);
    }

    private sealed record Entry(TagSet Tags, int Age, byte[] Picks);
}
