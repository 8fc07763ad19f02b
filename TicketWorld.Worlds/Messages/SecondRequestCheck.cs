using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Messages;

/// <summary>Refuses phrases by which a message could leave its second request untold: whichever alternatives are chosen, <c>&lt;second.*&gt;</c> must be among them.</summary>
internal sealed class SecondRequestCheck
{
    private readonly GrammarRules _grammar;
    private readonly Dictionary<int, bool> _tells = [];

    private SecondRequestCheck(GrammarRules grammar) => _grammar = grammar;

    /// <param name="body">The rule that the text of a message starts from.</param>
    /// <exception cref="PackException">An alternative leaves it untold.</exception>
    public static void Check(GrammarRules grammar, int body)
    {
        var check = new SecondRequestCheck(grammar);
        if (!check.Tells(body))
            throw check.Complaint(body);
    }

    private bool Tells(int rule) => _tells.TryGetValue(rule, out var known) ? known : _tells[rule] = Array.TrueForAll(_grammar.Rules[rule].Alternatives, a => IsForOne(a) || Tells(a));

    private bool Tells(Alternative alternative)
    {
        foreach (var segment in _grammar.SegmentsOf(alternative))
        {
            if (IsSecond(segment) || (Rules(segment) is { Length: > 0 } rules && Array.TrueForAll(rules, Tells)))
                return true;
        }

        return false;
    }

    /// <summary>Names the alternative that leaves it untold: the innermost on a way on which it could be told, or that of the rule itself.</summary>
    private PackException Complaint(int index)
    {
        var rule = _grammar.Rules[index];
        var alternative = Array.Find(rule.Alternatives, a => !IsForOne(a) && !Tells(a));
        foreach (var segment in _grammar.SegmentsOf(alternative))
        {
            if (Array.FindIndex(Rules(segment), r => Reaches(r, [])) is >= 0 and var found)
                return Complaint(Rules(segment)[found]);
        }

        return new PackException(
            _grammar.File,
            alternative.Line,
            $"With this alternative of '{rule.Name}' a message leaves its second request untold.",
            $"Use <{GrammarRules.Second}.*> in it, or in a rule of its own beside an alternative '{{if: \"!second\", say: \"\"}}'; or choose it for one request alone: 'if: \"!second\"'.");
    }

    private bool Reaches(int rule, HashSet<int> seen)
    {
        if (!seen.Add(rule))
            return false;
        foreach (var alternative in _grammar.Rules[rule].Alternatives)
        {
            foreach (var segment in _grammar.SegmentsOf(alternative))
            {
                if (IsSecond(segment) || Array.Exists(Rules(segment), r => Reaches(r, seen)))
                    return true;
            }
        }

        return false;
    }

    private bool IsForOne(Alternative alternative) => alternative.Forbids.Has(_grammar.Tags.Second);

    private bool IsSecond(Segment segment) => segment.Kind == SegmentKind.Family && segment.Index == _grammar.SecondFamily;

    /// <summary>The rules that a segment may stand for; none where it may also say nothing.</summary>
    private int[] Rules(Segment segment) => segment.Kind switch
    {
        SegmentKind.Rule => [segment.Index],
        SegmentKind.Family => [.. _grammar.RulesByName.Where(r => r.Key.StartsWith(_grammar.Families[segment.Index] + ".", StringComparison.Ordinal)).Select(r => r.Value)],
        _ => [],
    };
}
