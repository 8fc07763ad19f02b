using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation.Twins;

/// <summary>What was decided of a draft and on which facts (those known before the decision), kept while other tickets are tried. One for each thread.</summary>
internal sealed class DecidedCase(PolicyDocument policy)
{
    private readonly long[][] _values = [new long[policy.Facts.Length], new long[policy.Facts.Length]];
    private readonly ulong[] _present = new ulong[2];
    private int _requests;
    private Identified _who;

    public ResolutionPlan Plan { get; private set; } = null!;

    public Message Message { get; private set; } = null!;

    /// <summary>Bits of the clauses that spoke, by their effects and overrides, about any of the requests.</summary>
    public ulong Spoke { get; private set; }

    public void Take(TicketDraft draft)
    {
        (Plan, Message, _who, _requests) = (draft.Plan, draft.Message, draft.Who, draft.Cases.Length);
        Spoke = SpokeIn(draft);
        for (var i = 0; i < _requests; i++)
        {
            _present[i] = 0;
            for (var fact = 0; fact < policy.Facts.Length; fact++)
            {
                if (policy.Facts[fact].Source == FactSource.Decision || !draft.Cases[i].Facts.TryGet(fact, out var value))
                    continue;
                _present[i] |= 1UL << fact;
                _values[i][fact] = value;
            }
        }
    }

    /// <summary>Whether a draft has another answer: another outcome, or actions with other types, values or particulars.</summary>
    public bool IsAnsweredOtherwise(TicketDraft draft)
    {
        var other = draft.Plan;
        if (Plan.Outcome != other.Outcome || Plan.Actions.Length != other.Actions.Length)
            return true;
        for (var i = 0; i < Plan.Actions.Length; i++)
        {
            var (a, b) = (Plan.Actions[i], other.Actions[i]);
            if (a.Type != b.Type || a.Value != b.Value || !a.Details.AsSpan().SequenceEqual(b.Details))
                return true;
        }

        return false;
    }

    /// <summary>Whether a draft is about the same customer, order and line, found in the same way.</summary>
    public bool IsIdentifiedAlike(TicketDraft draft) =>
        draft.Who.Order == _who.Order && draft.Who.Line == _who.Line && draft.Who.Customer == _who.Customer && draft.Who.Product == _who.Product && draft.Who.Missing == _who.Missing
        && draft.Plan.Lookup.OrderMethod == Plan.Lookup.OrderMethod && draft.Plan.Lookup.ProductMethod == Plan.Lookup.ProductMethod;

    /// <summary>Bits of the facts that a draft has otherwise in one of its requests.</summary>
    public ulong Differences(TicketDraft draft)
    {
        ulong bits = 0;
        for (var i = 0; i < _requests; i++)
        {
            for (var fact = 0; fact < policy.Facts.Length; fact++)
            {
                if (policy.Facts[fact].Source == FactSource.Decision)
                    continue;
                var had = (_present[i] >> fact & 1) != 0;
                var has = draft.Cases[i].Facts.TryGet(fact, out var value);
                if (had != has || (had && _values[i][fact] != value))
                    bits |= 1UL << fact;
            }
        }

        return bits;
    }

    /// <summary>The value of a fact in the first request that has it, as text; null where none has.</summary>
    public string? ValueOf(int fact)
    {
        for (var i = 0; i < _requests; i++)
        {
            if ((_present[i] >> fact & 1) != 0)
                return Values.Format(_values[i][fact], policy.Facts[fact].Type, policy.Symbols);
        }

        return null;
    }

    public static ulong SpokeIn(TicketDraft draft)
    {
        ulong bits = 0;
        foreach (var request in draft.Cases)
        {
            if (request.IsAnswered)
                bits |= request.Derivation.Applicable;
        }

        return bits;
    }
}
