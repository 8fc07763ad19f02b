using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Messages;

/// <summary>
/// Compiles <c>phrases.yaml</c>. What a phrase says decides when it may be chosen: a literal that holds a cue
/// requires the value that the cue states, a slot requires that its particular is to be named, a time requires that
/// it is true. So no phrase can state what the message is not to disclose, whatever the pack's author wrote.
/// </summary>
internal sealed class GrammarReader
{
    private readonly PackNode _root;
    private readonly TagTable _tags;
    private readonly CueScanner _cues;
    private readonly PolicyDocument _policy;
    private readonly string[] _markers;
    private readonly IReadOnlyList<string[]> _months;
    private readonly string _currency;
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _literalNumbers = new(StringComparer.Ordinal);
    private readonly List<Literal> _literals = [];
    private readonly Dictionary<string, string> _slips = new(StringComparer.Ordinal);
    private HashSet<string> _articles = [];
    private readonly List<Segment> _segments = [];
    private readonly List<string> _families = [];

    private GrammarReader(PackNode root, PolicyDocument policy, Vocabulary vocabulary)
    {
        _root = root;
        _policy = policy;
        _tags = new TagTable(policy, vocabulary.Cues.Select(c => (c.Fact, c.Value)).ToHashSet());
        _cues = new CueScanner(vocabulary);
        _currency = vocabulary.CurrencySymbol;
        _markers = [.. vocabulary.TargetMarkers.Select(m => m + " ")];
        _months = vocabulary.Months;
        for (var slot = Slot.Order; slot < Slot.Amount; slot++)
            _slots[Snake.Name(slot)] = (int)slot;
        foreach (var fact in policy.Facts.Where(f => f is { Source: FactSource.Customer, Type: FactType.Money }))
            _slots[fact.Name] = (int)Slot.Amount + fact.Index;
    }

    /// <exception cref="PackException">The phrases are not well-formed.</exception>
    public static GrammarRules Read(PackNode root, PolicyDocument policy, Vocabulary vocabulary) => new GrammarReader(root, policy, vocabulary).Read();

    private GrammarRules Read()
    {
        _root.Only("months", "keyboard", "slips", "articles", "products", "personas", "rules");
        if (_root.Find("products") is { } kinds)
            _tags.AddKinds(kinds);
        var personas = _root["personas"].Items.Select(Persona.Read).ToArray();
        if (personas.Length == 0)
            throw _root["personas"].Error("There is no persona.", "Write at least one.");
        _tags.AddPersonas(personas, _root["personas"]);
        if (personas.SelectMany(p => p.Fillers).FirstOrDefault(f => _cues.Find(f.ToLowerInvariant()).Count > 0) is { } filler)
            throw _root["personas"].Error($"The filler '{filler}' holds a cue.", "Choose words that state nothing.");
        foreach (var mood in Enum.GetValues<Sentiment>())
        {
            if (!Array.Exists(personas, p => p.Feels(mood)))
                throw _root["personas"].Error($"No persona has the mood '{Snake.Name(mood)}'.", "Let one have no moods, which means all.");
        }

        foreach (var slip in _root.Find("slips")?.Entries ?? [])
            _slips[slip.Key] = slip.Value.Text;
        _articles = [.. _root.Find("articles")?.Texts() ?? []];
        var months = _root["months"].Texts();
        if (months.Length != 12)
            throw _root["months"].Error($"There are {months.Length} months.", "Write the names of all twelve.");
        for (var month = 0; month < _months.Count; month++)
        {
            if (!_months[month].Contains(months[month].ToLowerInvariant()))
                throw _root["months"].Error($"No reader of the vocabulary knows '{months[month]}' as month {month + 1}.", "Add it to the months of vocabulary.yaml in lower case.");
        }

        var nodes = _root["rules"].Entries;
        foreach (var (name, node) in nodes)
        {
            _rules.Add(name, _rules.Count);
            if (node.Items.Count is 0 or > Rule.MostAlternatives)
                throw node.Error($"The rule '{name}' has {node.Items.Count} alternatives.", $"Write 1 to {Rule.MostAlternatives}, and further ones in a rule of their own; '\"\"' says nothing.");
        }

        var rules = nodes.Select(n => new Rule(n.Key, n.Value.Line, [.. n.Value.Each((item, _) => ReadAlternative(item, n.Key.StartsWith(Rule.Quoted, StringComparison.Ordinal)))])).ToArray();
        return new GrammarRules(_tags, personas, rules, [.. _segments], [.. _literals], [.. _families], months, KeyNeighbours.Read(_root["keyboard"]), _rules, _root.File);
    }

    private Alternative ReadAlternative(PackNode node, bool quoted)
    {
        var alternative = new Alternative { DaysFrom = -1, DaysTo = Alternative.NoLimit, SaysTo = Alternative.NoLimit, Weight = 1, Line = node.Line };
        var say = node;
        if (node.IsMap)
        {
            node.Only("say", "if", "weight", "days");
            say = node["say"];
            alternative.Weight = node.Find("weight")?.Integer(1, Alternative.MostWeight) ?? 1;
            foreach (var condition in node.Find("if")?.Texts() ?? [])
            {
                if (condition is ['!', .. var not])
                    alternative.Forbids |= TagSet.Of(_tags.Require(node, not));
                else
                    alternative.Requires |= TagSet.Of(_tags.Require(node, condition));
            }

            if (node.Find("days") is { } days)
                LimitDays(ref alternative, days, days.Items[0].Integer(0), days.Items[^1].Integer(0));
        }

        alternative.FirstSegment = _segments.Count;
        ReadText(ref alternative, say, quoted);
        if (quoted)
        {
            alternative.Writes = default;
            if (alternative.Time != TimeStatement.None)
                throw say.Error("A quoted text says when the order was.", "Leave it out: what is quoted states nothing.");
        }

        alternative.SegmentCount = _segments.Count - alternative.FirstSegment;
        return alternative;
    }

    private void ReadText(ref Alternative alternative, PackNode node, bool quoted)
    {
        var text = node.Text;
        var before = "";
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is '{' or '<')
            {
                var end = text.IndexOf(text[at] == '{' ? '}' : '>', at);
                if (end < 0)
                    throw node.Error($"The '{text[at]}' in '{text}' is not closed.", "Close it.");
                var name = text[(at + 1)..end];
                if (text[at] == '{')
                    AddSlot(ref alternative, node, name, before);
                else
                    AddReference(node, name);
                before = "";
                at = end + 1;
            }
            else
            {
                var end = text.AsSpan(at).IndexOfAny('{', '<');
                before = end < 0 ? text[at..] : text.Substring(at, end);
                AddLiteral(ref alternative, node, before, quoted);
                at += before.Length;
            }
        }
    }

    private void AddSlot(ref Alternative alternative, PackNode node, string name, string before)
    {
        if (!_slots.TryGetValue(name, out var slot))
            throw node.Error($"The slot '{{{name}}}' is unknown.", $"Use one of: {string.Join(", ", _slots.Keys)}.");
        _segments.Add(new Segment(SegmentKind.Slot, slot));
        var marked = _markers.Any(m => before.EndsWith(m, StringComparison.OrdinalIgnoreCase));
        switch ((Slot)slot)
        {
            case Slot.Order:
                alternative.Requires |= _tags.OrderGiven;
                alternative.Writes |= TagSet.Of(_tags.WrittenOrder);
                break;
            case Slot.Product:
                if (marked)
                    throw node.Error("{product} stands after a target marker, so it would be read as the product wanted.", "Word it otherwise.");
                alternative.Requires |= TagSet.Of(_tags.ProductNamed);
                alternative.Writes |= TagSet.Of(_tags.WrittenProduct);
                break;
            case Slot.TargetProduct:
                if (!marked)
                    throw node.Error("{target_product} does not stand right after a target marker.", "Put one of the vocabulary's target_markers before it.");
                alternative.Requires |= TagSet.Of(_tags.TargetOther);
                alternative.Writes |= TagSet.Of(_tags.WrittenTarget);
                break;
            case Slot.CustomerName:
                alternative.Writes |= TagSet.Of(_tags.WrittenName);
                break;
            case Slot.Day or Slot.Month or Slot.Year:
                alternative.Writes |= TagSet.Of(_tags.WrittenWhen);
                alternative.Time = (Slot)slot == Slot.Day || alternative.Time == TimeStatement.Day ? TimeStatement.Day : TimeStatement.Month;
                LimitDays(ref alternative, node, 0, Alternative.NoLimit);
                break;
            case Slot.ThreadDay or Slot.ThreadMonth or Slot.ThreadYear:
                alternative.Requires |= TagSet.Of(_tags.Thread);
                break;
            case >= Slot.Amount:
                alternative.Requires |= _tags.Says(slot - (int)Slot.Amount);
                alternative.Writes |= TagSet.Of(_tags.Written(slot - (int)Slot.Amount));
                break;
        }
    }

    private void AddReference(PackNode node, string name)
    {
        if (name.EndsWith(".*", StringComparison.Ordinal))
        {
            var family = name[..^2];
            if (!_rules.Keys.Any(r => r.StartsWith(family + ".", StringComparison.Ordinal)))
                throw node.Error($"There is no rule '{family}.…'.", $"Write for example '{family}.any:'.");
            var number = _families.IndexOf(family);
            if (number < 0)
                _families.Add(family);
            _segments.Add(new Segment(SegmentKind.Family, number < 0 ? _families.Count - 1 : number));
            return;
        }

        var repeat = name.EndsWith('*');
        if (!_rules.TryGetValue(repeat ? name[..^1] : name, out var rule))
            throw node.Error($"The rule '<{name}>' is unknown.", "Write it under rules, or correct the name.");
        _segments.Add(new Segment(repeat ? SegmentKind.Repeat : SegmentKind.Rule, rule));
    }

    private void AddLiteral(ref Alternative alternative, PackNode node, string text, bool quoted)
    {
        if (text.Contains(_currency, StringComparison.Ordinal) || text.Contains("ORD-", StringComparison.OrdinalIgnoreCase))
            throw node.Error($"'{text}' holds an amount or an order number of its own.", "Use a slot, or leave it out.");
        var lower = text.ToLowerInvariant();
        var hits = quoted ? [] : _cues.Find(lower);
        foreach (var hit in hits)
        {
            if (hit.Cue is { } cue)
            {
                alternative.Requires |= _tags.Value(cue.Fact, cue.Value);
                alternative.Writes |= TagSet.Of(_tags.Written(cue.Fact));
            }
            else if (hit.Timing is { } timing)
            {
                alternative.Writes |= TagSet.Of(_tags.WrittenWhen);
                (alternative.SaysFrom, alternative.SaysTo) = (Math.Max(alternative.SaysFrom, timing.From), Math.Min(alternative.SaysTo, timing.To));
                if (alternative.Time == TimeStatement.None)
                    alternative.Time = TimeStatement.Words;
                LimitDays(ref alternative, node, timing.From, timing.To);
            }
        }

        if (!_literalNumbers.TryGetValue(text, out var number))
        {
            _literalNumbers[text] = number = _literals.Count;
            _literals.Add(new Literal(text, Words(text, hits)));
        }

        _segments.Add(new Segment(SegmentKind.Literal, number));
    }

    private void LimitDays(ref Alternative alternative, PackNode node, int from, int to)
    {
        alternative.DaysFrom = Math.Max(alternative.DaysFrom, from);
        alternative.DaysTo = Math.Min(alternative.DaysTo, to);
        alternative.Requires |= TagSet.Of(_tags.Timed);
        if (alternative.DaysFrom > alternative.DaysTo)
            throw node.Error($"No number of days fits '{node.Text}'.", "Let the times that it names overlap.");
    }

    private const int ShortestMistyped = 4;

    private Word[] Words(string text, List<CueHit> hits)
    {
        var words = new List<Word>();
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && IsLetter(text, start, at))
                at++;
            if (at == start || Joined(text, start - 1) || Joined(text, at) || hits.Any(h => start < h.Start + h.Length && at > h.Start))
                continue;
            var word = text[start..at];
            var slip = _slips.GetValueOrDefault(word);
            var article = at < text.Length && text[at] == ' ' && _articles.Contains(word);
            var typed = word.Length >= ShortestMistyped && word.All(char.IsAsciiLetter);
            if (typed || article || slip is not null)
                words.Add(new Word(start, word.Length, typed, article, slip));
        }

        return [.. words];
    }

    /// <summary>A letter, or an apostrophe inside of a word.</summary>
    private static bool IsLetter(string text, int start, int at) =>
        char.IsAsciiLetter(text[at]) || (text[at] == '\'' && at > start && at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]));

    /// <summary>Whether the character ties a word to the next: an apostrophe, a hyphen, a digit.</summary>
    private static bool Joined(string text, int at) => at >= 0 && at < text.Length && (text[at] is '\'' or '-' || char.IsLetterOrDigit(text[at]));
}
