using System.Runtime.CompilerServices;
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
    private readonly Wording? _second;

    /// <summary>By wording, first and second, and rule: see <see cref="Depends"/>.</summary>
    private readonly Dictionary<(Wording Wording, int Rule), TagSet> _subtree = [];
    private readonly HashSet<(Wording Wording, int Rule, TagSet Requires, TagSet Forbids, int From, int To)> _seen = [];

    private GrammarCheck(GrammarRules grammar, PolicyDocument policy, Wording? second)
    {
        _grammar = grammar;
        _policy = policy;
        _second = second;
    }

    /// <param name="grammar">The phrases.</param>
    /// <param name="policy">The policy that they belong to.</param>
    /// <param name="wording">The wording of the message.</param>
    /// <param name="second">That of the second request, when there are two.</param>
    /// <param name="roots">The rules that messages start from.</param>
    /// <exception cref="PackException">A rule has no alternative for some combination.</exception>
    public static void Check(GrammarRules grammar, PolicyDocument policy, Wording wording, Wording? second, int[] roots)
    {
        var two = TagSet.Of(grammar.Tags.Second);
        var context = second is null
            ? new Context(wording.Requires, wording.Forbids | two, 0, Alternative.NoLimit)
            : new Context(wording.Requires | second.Requires | two, wording.Forbids | second.Forbids, 0, Alternative.NoLimit);
        var check = new GrammarCheck(grammar, policy, second);
        var groups = check.Groups(wording);
        foreach (var root in roots)
            check.Visit(root, wording, context, groups);
    }

    private readonly record struct Context(TagSet Requires, TagSet Forbids, int From, int To);

    /// <summary>The groups of tags, without the claims that do not belong to what is asked for or that nobody says, and with the targets that scenarios have.</summary>
    private TagGroup[] Groups(Wording wording)
    {
        var claims = _policy.RequestsByName[wording.Request].Claims.AsEnumerable();
        var asked = wording.Tags;
        if (_second is not null)
        {
            claims = claims.Concat(_policy.RequestsByName[_second.Request].Claims);
            asked |= _second.Tags;
        }

        var foreign = _policy.Facts.Where(f => f.Source == FactSource.Customer && f.Name != "request" && claims.All(c => c.Fact != f.Index))
            .Aggregate(default(TagSet), (set, fact) => set | _grammar.Tags.Says(fact.Index));
        foreign |= _grammar.Tags.Unsaid;
        var targets = wording.TargetsWith(_second).Select(_grammar.Tags.Target).ToArray();
        return
        [
            .. _grammar.Tags.Groups.Select(group => group.All.HasAny(asked) ? group.One(asked)
                : group.All.Has(_grammar.Tags.TargetSame) ? group.Only(targets.Contains)
                : group.Only(m => !m.HasAny(foreign))),
        ];
    }

    /// <summary>Tags on which a rule and all below it depend.</summary>
    private TagSet Depends(int index, Wording wording)
    {
        if (_subtree.TryGetValue((wording, index), out var known))
            return known;
        var tags = TagSet.Of(_grammar.Tags.Timed);
        foreach (ref readonly var alternative in _grammar.Rules[index].Alternatives.AsSpan())
        {
            tags |= alternative.Requires | alternative.Forbids;
            foreach (var segment in _grammar.SegmentsOf(alternative))
            {
                if (Target(segment, wording, out var speaking) is >= 0 and var below)
                    tags |= Depends(below, speaking);
            }
        }

        return _subtree[(wording, index)] = tags;
    }

    /// <summary>The rule that a segment leads to, or -1; and whose wording holds there.</summary>
    private int Target(Segment segment, Wording wording, out Wording speaking)
    {
        speaking = wording;
        if (segment.Kind == SegmentKind.Family && segment.Index == _grammar.SecondFamily)
        {
            speaking = _second ?? wording;
            return _second is null ? -1 : _second.Rules[segment.Index];
        }

        return segment.Kind switch
        {
            SegmentKind.Rule or SegmentKind.Repeat => segment.Index,
            SegmentKind.Family => wording.Rules[segment.Index],
            _ => -1,
        };
    }

    private void Visit(int index, Wording wording, Context context, TagGroup[] groups)
    {
        var relevant = Depends(index, wording);
        context = context with { Requires = context.Requires & relevant, Forbids = context.Forbids & relevant & ~_grammar.Tags.WrittenAll };
        if (!_seen.Add((wording, index, context.Requires, context.Forbids, context.From, context.To)))
            return;

        var rule = _grammar.Rules[index];
        if (!Array.Exists(rule.Alternatives, a => a.Requires.IsEmpty && a.Forbids.IsEmpty))
            Combine(rule, wording, context, Touched(groups, rule), 0, default);
        foreach (ref readonly var alternative in rule.Alternatives.AsSpan())
        {
            var segments = _grammar.SegmentsOf(alternative);
            if (!LeadsOn(segments))
                continue;
            var below = new Context(context.Requires | alternative.Requires, context.Forbids | alternative.Forbids, Math.Max(context.From, alternative.DaysFrom), Math.Min(context.To, alternative.DaysTo));
            if (below.From > below.To || !IsPossible(groups, below))
                continue;
            foreach (var segment in segments)
            {
                if (Target(segment, wording, out var speaking) is >= 0 and var target)
                    Visit(target, speaking, below, groups);
            }
        }
    }

    private static bool LeadsOn(ReadOnlySpan<Segment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment.Kind > SegmentKind.Slot)
                return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsPossible(TagGroup[] groups, in Context context)
    {
        var touched = context.Requires | context.Forbids;
        foreach (var group in groups)
        {
            if (group.All.HasAny(touched) && !group.AllowsAny(context.Requires, context.Forbids))
                return false;
        }

        return true;
    }

    private static TagGroup[] Touched(TagGroup[] groups, Rule rule)
    {
        var own = default(TagSet);
        foreach (ref readonly var alternative in rule.Alternatives.AsSpan())
            own |= alternative.Requires | alternative.Forbids;
        return Array.FindAll(groups, g => g.All.HasAny(own));
    }

    private void Combine(Rule rule, Wording wording, Context context, TagGroup[] groups, int depth, TagSet tags)
    {
        if (depth < groups.Length)
        {
            foreach (var member in groups[depth].Members)
            {
                if (groups[depth].Allows(member, context.Requires, context.Forbids))
                    Combine(rule, wording, context, groups, depth + 1, tags | member);
            }

            return;
        }

        foreach (var days in Days(rule, context, tags))
        {
            if (!Fits(rule, tags, days))
                throw new PackException(_grammar.File, rule.Line, $"The rule '{rule.Name}' has no alternative for the wording '{wording.Name}' with {Describe(tags)}{(days < 0 ? "" : $", {days} days after the order")}.", "Add one, or take a condition away.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Fits(Rule rule, in TagSet tags, int days)
    {
        foreach (ref readonly var alternative in rule.Alternatives.AsSpan())
        {
            if (alternative.Fits(tags, days))
                return true;
        }

        return false;
    }

    /// <summary>Every number of days at which the set of alternatives may change.</summary>
    private IEnumerable<int> Days(Rule rule, Context context, TagSet tags)
    {
        if (!tags.Has(_grammar.Tags.Timed))
            return [-1];
        return Array.Exists(rule.Alternatives, a => a.DaysFrom >= 0)
            ? rule.Alternatives.SelectMany(a => new[] { a.DaysFrom, a.DaysTo + 1 }).Append(context.From).Where(d => d >= context.From && d <= context.To).Distinct()
            : [context.From];
    }

    private string Describe(TagSet tags) => tags.IsEmpty ? "nothing said" : _grammar.Tags.Describe(tags);
}
