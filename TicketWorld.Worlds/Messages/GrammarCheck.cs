using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Messages;

/// <summary>
/// Checks before any message is written that no rule can be left without an alternative: for every wording, and for
/// every combination of what the message may say, who writes, and how long ago the order was, as far as the rule and
/// the way to it depend on them.
/// </summary>
internal sealed class GrammarCheck
{
    private readonly GrammarRules _grammar;
    private readonly PolicyDocument _policy;
    private readonly TagSet[] _subtree;
    private readonly HashSet<(int Rule, Wording Wording, TagSet Requires, TagSet Forbids, int From, int To)> _seen = [];

    private GrammarCheck(GrammarRules grammar, PolicyDocument policy)
    {
        _grammar = grammar;
        _policy = policy;
        _subtree = new TagSet[grammar.Rules.Length];
    }

    /// <exception cref="PackException">A rule has no alternative for some combination.</exception>
    public static void Check(GrammarRules grammar, PolicyDocument policy, IEnumerable<Wording> wordings, int[] roots)
    {
        var check = new GrammarCheck(grammar, policy);
        foreach (var wording in wordings)
        {
            Array.Clear(check._subtree);
            var allowed = check.Groups(wording);
            var requires = wording.Tags | grammar.Rules[grammar.RulesByName["story." + wording.Name]].Requires;
            foreach (var root in roots)
            {
                check.Depends(root, wording);
                check.Visit(root, wording, new Context(requires, grammar.Rules[grammar.RulesByName["story." + wording.Name]].Forbids, 0, Alternative.NoLimit), allowed);
            }
        }
    }

    private readonly record struct Context(TagSet Requires, TagSet Forbids, int From, int To);

    /// <summary>The groups of tags, without the claims that do not belong to the wording's request.</summary>
    private List<TagSet[]> Groups(Wording wording)
    {
        var request = _policy.RequestsByName[wording.Request];
        var foreign = _policy.Facts.Where(f => f.Source == FactSource.Customer && f.Name != "request" && request.Claims.All(c => c.Fact != f.Index))
            .Aggregate(default(TagSet), (set, fact) => set | _grammar.Tags.Says(fact.Index));
        return
        [
            .. _grammar.Tags.Groups.Select(group => group.Any(m => m.HasAny(wording.Tags))
                ? [wording.Tags]
                : group.Where(m => !m.HasAny(foreign)).ToArray()),
        ];
    }

    /// <summary>Tags on which a rule and all below it depend.</summary>
    private TagSet Depends(int index, Wording wording)
    {
        if (!_subtree[index].IsEmpty)
            return _subtree[index];
        var tags = TagSet.Of(_grammar.Tags.Timed);
        foreach (ref readonly var alternative in _grammar.Rules[index].Alternatives.AsSpan())
        {
            tags |= alternative.Requires | alternative.Forbids;
            foreach (var segment in _grammar.SegmentsOf(alternative))
            {
                if (Target(segment, wording) is >= 0 and var below)
                    tags |= Depends(below, wording);
            }
        }

        return _subtree[index] = tags;
    }

    private static int Target(Segment segment, Wording wording) => segment.Kind switch
    {
        SegmentKind.Rule or SegmentKind.Repeat => segment.Index,
        SegmentKind.Family => wording.Rules[segment.Index],
        _ => -1,
    };

    private void Visit(int index, Wording wording, Context context, List<TagSet[]> groups)
    {
        var relevant = Depends(index, wording);
        context = context with { Requires = context.Requires & relevant, Forbids = context.Forbids & relevant & ~_grammar.Tags.WrittenAll };
        if (!_seen.Add((index, wording, context.Requires, context.Forbids, context.From, context.To)))
            return;

        var rule = _grammar.Rules[index];
        var own = rule.Alternatives.Aggregate(default(TagSet), (set, a) => set | a.Requires | a.Forbids);
        if (rule.Alternatives.All(a => !a.Requires.IsEmpty || !a.Forbids.IsEmpty))
            Combine(rule, wording, context, [.. groups.Where(g => g.Any(m => m.HasAny(own)))], 0, default);
        foreach (var alternative in rule.Alternatives)
        {
            var below = new Context(context.Requires | alternative.Requires, context.Forbids | alternative.Forbids, Math.Max(context.From, alternative.DaysFrom), Math.Min(context.To, alternative.DaysTo));
            if (below.From > below.To || !groups.All(g => g.Any(m => Allows(g, m, below))))
                continue;
            foreach (var segment in _grammar.SegmentsOf(alternative))
            {
                if (Target(segment, wording) is >= 0 and var target)
                    Visit(target, wording, below, groups);
            }
        }
    }

    private static bool Allows(TagSet[] group, TagSet member, Context context)
    {
        var all = group.Aggregate(default(TagSet), (a, b) => a | b);
        return member.HasAll(context.Requires & all) && !member.HasAny(context.Forbids);
    }

    private void Combine(Rule rule, Wording wording, Context context, TagSet[][] groups, int depth, TagSet tags)
    {
        if (depth < groups.Length)
        {
            foreach (var member in groups[depth])
            {
                if (Allows(groups[depth], member, context))
                    Combine(rule, wording, context, groups, depth + 1, tags | member);
            }

            return;
        }

        foreach (var days in Days(rule, context, tags))
        {
            if (!Array.Exists(rule.Alternatives, a => a.Fits(tags, days)))
                throw new PackException(_grammar.File, rule.Line, $"The rule '{rule.Name}' has no alternative for the wording '{wording.Name}' with {Describe(tags)}{(days < 0 ? "" : $", {days} days after the order")}.", "Add one, or take a condition away.");
        }
    }

    /// <summary>Every number of days at which the set of alternatives may change.</summary>
    private IEnumerable<int> Days(Rule rule, Context context, TagSet tags) => tags.Has(_grammar.Tags.Timed)
        ? rule.Alternatives.SelectMany(a => new[] { a.DaysFrom, a.DaysTo + 1 }).Append(context.From).Where(d => d >= context.From && d <= context.To).Distinct()
        : [-1];

    private string Describe(TagSet tags) => tags.IsEmpty ? "nothing said" : _grammar.Tags.Describe(tags);
}
