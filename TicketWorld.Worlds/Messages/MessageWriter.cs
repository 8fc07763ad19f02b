using System.Globalization;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Messages;

/// <summary>Expands one rule into text.</summary>
internal ref struct MessageWriter
{
    private readonly GrammarRules _grammar;
    private readonly MessageSpec _spec;
    private readonly Persona _persona;
    private readonly MessageBuffer _output;
    private readonly ref Draws _draws;
    private readonly int _days;
    private Wording _wording;
    private TagSet _tags;
    private int _wordsToError;

    /// <summary>Alternatives that a repeated rule has given so far, a bit each.</summary>
    private ulong _repeated;
    private int _repeatedRule;

    /// <summary>What is written now is somebody else's text, as it stands.</summary>
    private bool _quoting;

    /// <summary>Whether the literal written last ends a sentence, for writers who leave no sign of it.</summary>
    private bool _ended;

    public MessageWriter(GrammarRules grammar, MessageSpec spec, MessageBuffer output, ref Draws draws)
    {
        _grammar = grammar;
        _spec = spec;
        _persona = spec.Persona;
        _wording = spec.Wording;
        _output = output;
        _draws = ref draws;
        _tags = spec.Tags();
        _days = spec.DaysSinceOrder;
        _wordsToError = TypingErrors.WordsToFirst(_persona.TypingErrors, ref draws);
    }

    public void Write(int rule)
    {
        _output.Begin();
        Expand(rule);
        _output.TrimEnd();
        _output.DropBullet();
        if (_persona.SparsePunctuation && _output.Last == '.')
            _output.Shorten(1);
    }

    private void Expand(int rule)
    {
        var entry = _grammar.Rules[rule];
        var chosen = entry.EvenChoices > 1 ? _draws.Below(entry.EvenChoices) : Choose(entry);
        var outer = _quoting;
        if (entry.IsQuoted && !outer)
            BeginQuote();
        Expand(in entry.Alternatives[chosen]);
        _quoting = outer;
    }

    /// <summary>What is quoted stands on lines of its own, however its writer separates lines.</summary>
    private void BeginQuote()
    {
        _quoting = true;
        if (_output.IsAtStart || _output.Last == '\n')
            return;
        _output.TrimSpaces();
        _output.Append("\n\n");
    }

    private void Expand(in Alternative alternative)
    {
        _tags |= alternative.Writes;
        if (alternative.Time != TimeStatement.None)
            NoteTime(alternative);
        foreach (var segment in _grammar.SegmentsOf(alternative))
        {
            switch (segment.Kind)
            {
                case SegmentKind.Literal:
                    WriteLiteral(_grammar.Literals[segment.Index]);
                    break;
                case SegmentKind.Slot:
                    WriteSlot(segment.Index);
                    break;
                case SegmentKind.Rule:
                    Expand(segment.Index);
                    break;
                case SegmentKind.Family:
                    ExpandFamily(segment.Index);
                    break;
                default:
                    Repeat(segment.Index);
                    break;
            }
        }
    }

    private void ExpandFamily(int family)
    {
        var outer = _wording;
        if (family == _grammar.SecondFamily)
            _wording = _spec.Second!;
        Expand(_wording.Rules[family]);
        _wording = outer;
    }

    private readonly void NoteTime(in Alternative alternative)
    {
        if (alternative.Time == TimeStatement.Day)
        {
            _spec.Say(_days, _days);
            return;
        }

        if (alternative.Time == TimeStatement.Month)
        {
            var date = _spec.SaidOrderDate;
            var first = _days + date.Day - 1;
            _spec.Say(Math.Max(0, first - DateTime.DaysInMonth(date.Year, date.Month) + 1), first);
        }

        if (alternative.SaysTo < Alternative.NoLimit || alternative.SaysFrom > 0)
            _spec.Say(alternative.SaysFrom, alternative.SaysTo);
    }

    private readonly int Choose(Rule rule)
    {
        var fitting = rule.Choices.Fitting(_tags, _days);
        return fitting.Length switch
        {
            0 => throw new InvalidOperationException($"No alternative of the rule '{rule.Name}' fits a message of the wording '{_spec.Wording.Name}' with {_grammar.Tags.Describe(_tags)}, {_days} days after the order. Let the specification say what the wording needs."),
            _ when rule.Alternatives.Length == 1 => 0,
            _ => fitting[_draws.Below(fitting.Length)],
        };
    }

    /// <summary>Writes as many sentences as the persona likes, none of them twice in a message.</summary>
    private void Repeat(int rule)
    {
        if (_repeatedRule != rule)
            (_repeatedRule, _repeated) = (rule, 0);
        var entry = _grammar.Rules[rule];
        var count = _draws.Between(_persona.Asides.From, _persona.Asides.To);
        for (var i = 0; i < count; i++)
        {
            var chosen = Choose(entry);
            if ((_repeated >> chosen & 1) != 0)
                continue;
            _repeated |= 1UL << chosen;
            if (!_output.IsAtStart && _output.Last is not (' ' or '\n'))
                _output.Append(' ');
            Expand(in entry.Alternatives[chosen]);
        }
    }

    private void WriteSlot(int slot)
    {
        _ended = false;
        switch ((Slot)slot)
        {
            case Slot.Order:
                _output.Append(_spec.Order);
                break;
            case Slot.Product:
                _output.Append(_spec.Product);
                break;
            case Slot.TargetProduct:
                _output.Append(_spec.TargetProduct);
                break;
            case Slot.CustomerName:
                _output.Append(_spec.CustomerName);
                break;
            case Slot.FirstName:
                _output.Append(_spec.FirstName);
                break;
            case Slot.Company:
                _output.Append(_spec.Company);
                break;
            case Slot.Day:
                WriteNumber(_spec.SaidOrderDate.Day);
                break;
            case Slot.Month:
                _output.Append(_grammar.Months[_spec.SaidOrderDate.Month - 1]);
                break;
            case Slot.Year:
                WriteNumber(_spec.SaidOrderDate.Year);
                break;
            case Slot.ThreadDay:
                WriteNumber(_spec.ThreadDate.Day);
                break;
            case Slot.ThreadMonth:
                _output.Append(_grammar.Months[_spec.ThreadDate.Month - 1]);
                break;
            case Slot.ThreadYear:
                WriteNumber(_spec.ThreadDate.Year);
                break;
            default:
                _output.Append(_spec.Amounts[slot - (int)Slot.Amount]);
                break;
        }
    }

    private readonly void WriteNumber(int number)
    {
        Span<char> digits = stackalloc char[11];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _output.Append(digits[..length]);
    }

    private void WriteLiteral(Literal literal)
    {
        var skip = Join(literal.Text);
        if (skip == literal.Text.Length)
            return;
        if (_quoting)
        {
            _output.Append(literal.Text.AsSpan(skip));
            return;
        }

        var capital = _output.IsAtSentence() ? 0 : literal.Text[skip] == ' ' && _output.Last is '.' or '!' or '?' ? 1 : -1;
        if (!_persona.IsPlain)
        {
            WriteByHabit(literal, skip, capital);
            return;
        }

        var start = _output.Length;
        var softens = skip == 0 && literal.HasSoftStart && literal.IsStatement && _output.IsAfterComma();
        _output.Append(literal.Text.AsSpan(skip));
        if (softens)
            _output.From(start)[0] |= (char)0x20;
        else if (capital >= 0 && start + capital < _output.Length)
            Capitalise(_output.From(start), capital);
    }

    /// <summary>As the persona types: fillers before it, words changed, then case and punctuation of what was written.</summary>
    private void WriteByHabit(Literal literal, int skip, int capital)
    {
        var atSentence = skip == 0 && !_output.IsAtStart && (_persona.RunOn ? _ended : capital == 0 && _output.Last == ' ');
        var softens = literal.HasSoftStart && atSentence && literal.IsStatement && _persona.FillerPercent > 0 && _draws.Chance(_persona.FillerPercent);
        var start = _output.Length;
        if (softens)
        {
            _output.Append(_draws.Pick(_persona.Fillers));
            _output.Append(' ');
        }

        var first = _output.Length;
        if (_persona.ChangesWords)
            WriteWords(literal, skip);
        else
            _output.Append(literal.Text.AsSpan(skip));
        if (softens || (skip == 0 && literal.HasSoftStart && literal.IsStatement && first > 0 && _output.IsAfterComma(first)))
            _output.From(first)[0] |= (char)0x20;
        var written = _output.From(start);
        if (capital >= 0 && capital < written.Length)
            Capitalise(written, capital);
        Dress(literal, written, capital == 0 && skip == 0);
        _ended = literal.Ends ?? _ended;
    }

    /// <summary>Case and punctuation.</summary>
    private void Dress(Literal literal, Span<char> written, bool whole)
    {
        if (_persona.LowerCase)
            LowerCase(written);
        if (_persona.Shouted > 0 && whole && literal.IsStatement && _draws.Chance(_persona.Shouted))
            UpperCase(written);
        if (_persona.SparsePunctuation)
            _output.Shorten(written.Length - Punctuation.Sparse(written));
        else if (_persona.RunOn)
            _output.Shorten(written.Length - Punctuation.Without(written));
        if (_persona.Exclaimed > 0 && literal.IsStatement && _output.Last == '.' && _draws.Chance(_persona.Exclaimed))
        {
            _output.Shorten(1);
            _output.Append("!!!".AsSpan(0, _draws.Between(1, 3)));
        }
    }

    private static void Capitalise(Span<char> written, int at) => written[at] = char.ToUpperInvariant(written[at]);

    /// <summary>Makes the space between two pieces right where an optional piece said nothing.</summary>
    /// <returns>How many characters of the text are left out.</returns>
    private readonly int Join(string text)
    {
        switch (text[0])
        {
            case ' ':
                return _output.IsAtStart || _output.Last is ' ' or '\n' ? 1 : 0;
            case '.' or ',' or '?' or '!':
                _output.TrimSpaces();
                return 0;
            case '\n':
                return JoinLines(text);
            default:
                return 0;
        }
    }

    private readonly int JoinLines(string text)
    {
        _output.TrimSpaces();
        if (_persona.SparsePunctuation && _output.Last == '.')
            _output.Shorten(1);
        _output.DropBullet();
        var lines = 0;
        while (lines < text.Length && text[lines] == '\n')
            lines++;
        if (_output.IsAtStart)
            return lines;
        var present = _output.Written.EndsWith("\n\n") ? 2 : _output.Last == '\n' ? 1 : 0;
        return Math.Min(lines, present);
    }

    private void WriteWords(Literal literal, int skip)
    {
        var text = literal.Text.AsSpan();
        var done = skip;
        foreach (var word in literal.Words)
        {
            if (word.Start < skip)
                continue;
            if (word.IsArticle && _persona.DroppedArticles > 0 && _draws.Chance(_persona.DroppedArticles))
            {
                _output.Append(text[done..word.Start]);
                done = word.Start + word.Length + 1;
            }
            else if (word.Slip is { } slip && _persona.Slips > 0 && _draws.Chance(_persona.Slips))
            {
                _output.Append(text[done..word.Start]);
                _output.Append(slip);
                done = word.Start + word.Length;
            }
            else if (word.IsTyped && _persona.TypingErrors > 0 && _wordsToError-- <= 0)
            {
                _output.Append(text[done..word.Start]);
                TypingErrors.Write(text.Slice(word.Start, word.Length), _grammar.Keys, ref _draws, _output);
                done = word.Start + word.Length;
                _wordsToError = TypingErrors.WordsToNext(_persona.TypingErrors, ref _draws);
            }
        }

        _output.Append(text[done..]);
    }

    private static void LowerCase(Span<char> text)
    {
        foreach (ref var c in text)
        {
            if (char.IsAsciiLetterUpper(c))
                c = (char)(c | 0x20);
        }
    }

    private static void UpperCase(Span<char> text)
    {
        foreach (ref var c in text)
        {
            if (char.IsAsciiLetterLower(c))
                c = (char)(c & ~0x20);
        }
    }
}
