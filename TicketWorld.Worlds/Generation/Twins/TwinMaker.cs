using System.Numerics;
using TicketWorld.Worlds.Difficulty;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation.Twins;

/// <summary>
/// Looks for the twin of a ticket: the smallest step of one fact after which the policy decides otherwise. Either the time at which the
/// message is written moves, or one claim or amount that it states. Everything else stays, and the twin is proved like any
/// ticket. Holds scratch: one for each thread.
/// </summary>
internal sealed class TwinMaker
{
    private const int MostDays = 512;
    private const int MostMinutes = 4096;
    private const long MostCents = 1 << 20;

    private readonly World _world;
    private readonly TicketMaker _maker;
    private readonly PolicyDocument _policy;
    private readonly DecidedCase _base;
    private readonly ChunkReport _unreported = new();
    private readonly ulong _clock;
    private readonly ulong[] _read;
    private readonly Dictionary<string, Dictionary<int, long[]>> _claims;

    public TwinMaker(World world, TicketMaker maker)
    {
        _world = world;
        _maker = maker;
        _policy = world.Pack.Policy;
        _base = new DecidedCase(_policy);
        _read = Array.ConvertAll(_policy.Clauses, ClauseFacts.Of);
        foreach (var fact in _policy.Facts)
            _clock |= fact.Source == FactSource.Clock ? 1UL << fact.Index : 0;

        // A value that a story of the same wording has is one that the grammar can say.
        _claims = world.Pack.Scenarios.GroupBy(s => s.Wording, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => g.SelectMany(s => s.Claims).GroupBy(c => c.Fact).ToDictionary(c => c.Key, c => c.SelectMany(v => v.Values).Distinct().Order().ToArray()),
            StringComparer.Ordinal);
    }

    /// <summary>The twin of a base ticket, or null when it can have none.</summary>
    public Twin? Find(int index)
    {
        var draft = _maker.Make(index, _unreported);
        _base.Take(draft);
        var draws = new Draws(_world.TwinKey, Seeds.Twins, (ulong)index);
        var first = draws.Below(4);
        for (var i = 0; i < 4; i++)
        {
            var twin = ((first + i) % 4) switch
            {
                0 => ByTime(draft, index, TimeSpan.FromDays(1), MostDays, draws.Chance(50)),
                1 => ByTime(draft, index, TimeSpan.FromMinutes(1), MostMinutes, draws.Chance(50)),
                2 => ByClaim(draft, index),
                _ => ByAmount(draft, index),
            };
            if (twin is not null)
                return twin;
        }

        return null;
    }

    /// <summary>Turns the draft of the base ticket into its twin.</summary>
    public void Apply(TicketDraft draft, Twin twin)
    {
        if (twin.Claim >= 0)
            State(draft, twin.Claim, twin.Value);
        else
            draft.Message = draft.Message with { Timestamp = twin.At };
        Word(twin.KeepsText);
        _maker.Resolve();
    }

    private Twin? ByTime(TicketDraft draft, int index, TimeSpan step, int most, bool later)
    {
        if (draft.Order is not { } order || draft.Asks)
            return null;
        var earliest = TicketTime.LastEvent(order);
        return Search(later ? 1 : -1) ?? Search(later ? -1 : 1);

        Twin? Search(int direction)
        {
            var steps = Smallest(most, n => At(direction * n) is { } at && at >= earliest && at <= _world.Now ? IsOtherwise(draft, at) : null);
            if (steps == 0)
                return null;
            var moved = _base.Message with { Timestamp = At(direction * steps)!.Value };

            // An earlier message that is quoted must not become a later one.
            draft.Message = moved;
            if ((direction > 0 || !draft.Disclosure.Thread) && Finish(draft, index, -1, keepsText: true, differing => (differing & ~_clock) == 0) is { } twin)
                return twin;
            draft.Message = moved;
            return Finish(draft, index, -1, keepsText: false, differing => (differing & ~_clock) == 0);
        }

        DateTime? At(long steps) => _base.Message.Timestamp.AddTicks(steps * step.Ticks);
    }

    /// <summary>Whether the message would be answered otherwise at another time.</summary>
    private bool? IsOtherwise(TicketDraft draft, DateTime at)
    {
        draft.Message = _base.Message with { Timestamp = at };
        _maker.Resolve();
        draft.Message = _base.Message;
        return _base.IsAnsweredOtherwise(draft);
    }

    private Twin? ByClaim(TicketDraft draft, int index)
    {
        if (!_claims.TryGetValue(draft.Scenario.Wording, out var byFact))
            return null;
        foreach (var (fact, values) in byFact)
        {
            if (!IsFree(draft, fact) || _policy.Facts[fact].Type == FactType.Money)
                continue;
            foreach (var value in values)
            {
                if (value != ValueIn(draft, fact) && Change(draft, index, fact, value) is { } twin)
                    return twin;
            }
        }

        return null;
    }

    private Twin? ByAmount(TicketDraft draft, int index)
    {
        foreach (var fact in _policy.Facts)
        {
            if (fact.Type != FactType.Money || fact.Source != FactSource.Customer || (draft.Disclosure.States >> fact.Index & 1) == 0 || !IsFree(draft, fact.Index))
                continue;
            var truth = draft.Truth[fact.Index];
            foreach (var direction in (int[])[1, -1])
            {
                var outcome = _base.Plan.Outcome;
                var steps = Smallest(MostCents, n => truth + direction * n > 0 ? IsAnotherOutcome(truth + direction * n) : null);
                if (steps > 0 && Change(draft, index, fact.Index, truth + direction * steps) is { } twin)
                    return twin;

                // Every cent changes a value; what counts is a limit that is crossed.
                bool? IsAnotherOutcome(long amount)
                {
                    draft.Truth[fact.Index] = amount;
                    _maker.Resolve();
                    draft.Truth[fact.Index] = truth;
                    return draft.Plan.Outcome != outcome;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the message states the claim, or its silence does, and no record answers it.</summary>
    private bool IsFree(TicketDraft draft, int fact) =>
        ValueIn(draft, fact) is not null && (draft.Disclosure.Withholds >> fact & 1) == 0 && !Array.Exists(draft.Scenario.Refuted, r => r.Fact == fact) && !Answered(draft, fact);

    private bool Answered(TicketDraft draft, int fact)
    {
        foreach (var request in draft.Cases)
        {
            if (_policy.Facts[fact].Record >= 0 && request.Facts.Has(_policy.Facts[fact].Record))
                return true;
        }

        return false;
    }

    private Twin? Change(TicketDraft draft, int index, int fact, long value)
    {
        var (truth, states) = (draft.Truth[fact], draft.Disclosure.States);
        State(draft, fact, value);
        var twin = Finish(draft, index, fact, keepsText: false, differing => differing == 1UL << fact);
        draft.Truth[fact] = truth;
        draft.Disclosure.States = states;
        return twin;
    }

    private static void State(TicketDraft draft, int fact, long value)
    {
        draft.Truth[fact] = value;
        draft.Disclosure.States |= 1UL << fact;
    }

    private void Word(bool keepsText)
    {
        if (keepsText)
            _maker.Reread();
        else
            _maker.Rewrite();
    }

    /// <summary>The twin, if the draft as changed can be written in nearly the same words, is proved, and differs as it may.</summary>
    private Twin? Finish(TicketDraft draft, int index, int claim, bool keepsText, Func<ulong, bool> mayDiffer)
    {
        var stated = draft.Disclosure.StatedDays;
        Word(keepsText);
        _maker.Resolve();
        var differing = _base.Differences(draft);
        var fact = claim >= 0 ? claim : Crossed(draft, differing);
        var holds = fact >= 0
            && !draft.Asks && draft.IsDecided
            && _base.IsAnsweredOtherwise(draft) && _base.IsIdentifiedAlike(draft)
            && mayDiffer(differing)
            && TextLikeness.IsSameBut(_base.Message.Subject, draft.Message.Subject) && TextLikeness.IsSameBut(_base.Message.Body, draft.Message.Body)
            && _maker.IsProved(_unreported);
        var twin = holds && _base.ValueOf(fact) is { } before && Value(draft, fact) is { } after
            ? new Twin(index, draft.Message.Timestamp, claim, claim >= 0 ? draft.Truth[claim] : 0, keepsText, _policy.Facts[fact].Name, before, after, _base.Message.TicketId)
            : null;
        draft.Message = _base.Message;
        draft.Disclosure.StatedDays = stated;
        return twin;
    }

    /// <summary>The value of a claim that the message states, or that its silence means; null where it says nothing.</summary>
    private static long? ValueIn(TicketDraft draft, int fact)
    {
        if ((draft.Disclosure.States >> fact & 1) != 0)
            return draft.Truth[fact];
        foreach (var request in draft.Requests)
        {
            foreach (var claim in request.Claims)
            {
                if (claim.Fact == fact)
                    return claim.Silence;
            }
        }

        return null;
    }

    private string? Value(TicketDraft draft, int fact)
    {
        foreach (var request in draft.Cases)
        {
            if (request.Facts.TryGet(fact, out var value))
                return Values.Format(value, _policy.Facts[fact].Type, _policy.Symbols);
        }

        return null;
    }

    /// <summary>The clock's fact that a clause reads which speaks about either ticket; days before minutes, which always differ.</summary>
    private int Crossed(TicketDraft draft, ulong differing)
    {
        ulong read = 0;
        var spoke = _base.Spoke | DecidedCase.SpokeIn(draft);
        for (var rest = spoke; rest != 0; rest &= rest - 1)
            read |= _read[BitOperations.TrailingZeroCount(rest)];
        var crossed = differing & read & _clock;
        var minutes = _policy.FactsByName.TryGetValue("minutes_since_order", out var fact) ? 1UL << fact.Index : 0;
        var chosen = (crossed & ~minutes) != 0 ? crossed & ~minutes : crossed;
        return chosen == 0 ? -1 : BitOperations.TrailingZeroCount(chosen);
    }

    /// <summary>The smallest number of steps with another answer, as far as doubling and halving finds it; 0 for none. The predicate gives null where no ticket can be.</summary>
    private static long Smallest(long most, Func<long, bool?> isOtherwise)
    {
        long same = 0;
        for (long steps = 1; steps <= most; steps *= 2)
        {
            switch (isOtherwise(steps))
            {
                case null:
                    return 0;
                case false:
                    same = steps;
                    continue;
            }

            var other = steps;
            while (other - same > 1)
            {
                var middle = (same + other) / 2;
                if (isOtherwise(middle) == true)
                    other = middle;
                else
                    same = middle;
            }

            return other;
        }

        return 0;
    }
}
