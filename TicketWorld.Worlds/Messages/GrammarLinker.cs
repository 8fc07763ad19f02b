using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Messages;

/// <summary>Carries what a rule requires to the alternatives that refer to it, and finds circles.</summary>
internal sealed class GrammarLinker
{
    private readonly GrammarRules _grammar;
    private readonly byte[] _state;
    private readonly Stack<int> _path = new();
    private readonly List<int>[] _families;

    private GrammarLinker(GrammarRules grammar)
    {
        _grammar = grammar;
        _state = new byte[grammar.Rules.Length];
        _families =
        [
            .. grammar.Families.Select(family => grammar.RulesByName.Where(r => r.Key.StartsWith(family + ".", StringComparison.Ordinal)).Select(r => r.Value).ToList()),
        ];
    }

    /// <exception cref="PackException">A rule leads to itself, or an alternative contradicts itself.</exception>
    public static void Link(GrammarRules grammar)
    {
        var linker = new GrammarLinker(grammar);
        for (var rule = 0; rule < grammar.Rules.Length; rule++)
            linker.Visit(rule);
    }

    private void Visit(int index)
    {
        if (_state[index] == 2)
            return;
        var rule = _grammar.Rules[index];
        if (_state[index] == 1)
        {
            var circle = _path.TakeWhile(r => r != index).Reverse().Prepend(index).Append(index).Select(r => _grammar.Rules[r].Name);
            throw new PackException(_grammar.File, rule.Line, $"The rules {string.Join(" → ", circle)} lead in a circle.", "Break it.");
        }

        _state[index] = 1;
        _path.Push(index);
        var requires = ~default(TagSet);
        var forbids = ~default(TagSet);
        foreach (ref var alternative in rule.Alternatives.AsSpan())
        {
            LinkAlternative(ref alternative, rule);
            requires &= alternative.Requires;
            forbids &= alternative.Forbids;
        }

        // What the text says already changes between the choice of an alternative and that of the rules in it.
        rule.Requires = requires & ~_grammar.Tags.WrittenAll;
        rule.Forbids = forbids & ~_grammar.Tags.WrittenAll;
        rule.Choices = new ChoiceTable(rule.Alternatives);
        rule.EvenChoices = Array.TrueForAll(rule.Alternatives, a => a.IsPlain) ? rule.Alternatives.Length : 0;
        _path.Pop();
        _state[index] = 2;
    }

    private void LinkAlternative(ref Alternative alternative, Rule rule)
    {
        foreach (var segment in _grammar.SegmentsOf(alternative))
        {
            switch (segment.Kind)
            {
                case SegmentKind.Rule:
                    Visit(segment.Index);
                    alternative.Requires |= _grammar.Rules[segment.Index].Requires;
                    alternative.Forbids |= _grammar.Rules[segment.Index].Forbids;
                    break;
                case SegmentKind.Repeat:
                    Visit(segment.Index);
                    break;
                case SegmentKind.Family:
                    _families[segment.Index].ForEach(Visit);
                    break;
            }
        }

        var (requires, forbids) = (alternative.Requires, alternative.Forbids);
        foreach (var group in _grammar.Tags.Groups)
        {
            if (group.All.HasAny(requires | forbids) && !group.AllowsAny(requires, forbids))
                throw new PackException(_grammar.File, alternative.Line, $"An alternative of '{rule.Name}' can never be chosen: it needs {_grammar.Tags.Describe(requires & group.All)}{Without(forbids & group.All)}.", "State one thing, or correct the condition.");
        }
    }

    private string Without(TagSet forbids) => forbids.IsEmpty ? "" : $" without {_grammar.Tags.Describe(forbids)}";
}
