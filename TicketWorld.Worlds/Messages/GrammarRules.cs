namespace TicketWorld.Worlds.Messages;

/// <summary>What a piece of a phrase is.</summary>
internal enum SegmentKind : byte
{
    /// <summary>Text as it stands; the index is the literal's.</summary>
    Literal,

    /// <summary>A particular of the message; the index is a <see cref="Slot"/>.</summary>
    Slot,

    /// <summary><c>&lt;name&gt;</c>; the index is the rule's.</summary>
    Rule,

    /// <summary><c>&lt;name.*&gt;</c>, the rule of this wording; the index is the family's.</summary>
    Family,

    /// <summary><c>&lt;name*&gt;</c>, as often as the persona likes; the index is the rule's.</summary>
    Repeat,
}

/// <summary>Particulars that phrases name in braces. Amounts follow, one for each fact.</summary>
internal enum Slot
{
    Order,
    Product,
    TargetProduct,
    CustomerName,
    FirstName,
    Company,

    /// <summary>Day of the month of the order.</summary>
    Day,

    /// <summary>Name of the month of the order.</summary>
    Month,

    /// <summary>Year of the order.</summary>
    Year,

    /// <summary>Day of the month of an earlier message that this one answers: between the order and today.</summary>
    ThreadDay,
    ThreadMonth,
    ThreadYear,
    Amount,
}

/// <param name="Index">What it is of its kind.</param>
internal readonly record struct Segment(SegmentKind Kind, int Index);

/// <summary>A word that a writer's habits may change: no cue, and no part of one.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many letters it has.</param>
/// <param name="IsTyped">Whether it is long enough to be mistyped.</param>
/// <param name="IsArticle">Whether it may be left out.</param>
/// <param name="Slip">What it is taken for, or null.</param>
internal readonly record struct Word(int Start, int Length, bool IsTyped, bool IsArticle, string? Slip);

/// <summary>Text of a phrase, with the words in it that habits of writing may change.</summary>
internal sealed record Literal(string Text, Word[] Words)
{
    private const int FewestWords = 4;

    /// <summary>Whether it is a whole sentence that states something.</summary>
    public bool IsStatement { get; } = Text.EndsWith('.') && !Text.Contains('\n', StringComparison.Ordinal) && Text.Count(c => c == ' ') >= FewestWords - 1;

    /// <summary>Whether its capital is that of a sentence alone, not of the word "I".</summary>
    public bool HasSoftStart { get; } = Text.Length > 1 && char.IsAsciiLetterUpper(Text[0]) && char.IsAsciiLetterLower(Text[1]);

    /// <summary>Whether a sentence or a line ends with it; null when it is nothing but spaces.</summary>
    public bool? Ends { get; } = Text.Trim(' ') is { Length: > 0 } text ? text[^1] is '.' or '!' or '?' or '\n' : null;
}

/// <summary>How a phrase states the day of the order.</summary>
internal enum TimeStatement : byte
{
    None,

    /// <summary>By a wording of the vocabulary.</summary>
    Words,

    /// <summary>By its month.</summary>
    Month,

    /// <summary>By its date.</summary>
    Day,
}

/// <summary>One way to expand a rule.</summary>
internal struct Alternative
{
    /// <summary>Tags that must hold: those of its <c>if</c>, and those of all that it states.</summary>
    public TagSet Requires;
    public TagSet Forbids;

    /// <summary>Tags that hold once it is chosen: <c>written.…</c>.</summary>
    public TagSet Writes;

    /// <summary>Least and largest number of days since the order for which what it says is true.</summary>
    public int DaysFrom;
    public int DaysTo;

    /// <summary>Least and largest number of days since the order that it states in words.</summary>
    public int SaysFrom;
    public int SaysTo;

    /// <summary>What it states of the day of the order.</summary>
    public TimeStatement Time;
    public int Weight;
    public int FirstSegment;
    public int SegmentCount;
    public int Line;

    public const int NoLimit = 99_999;
    public const int MostWeight = 1000;

    /// <summary>Whether it may be chosen in any message, with weight 1.</summary>
    public readonly bool IsPlain => Requires.IsEmpty && Forbids.IsEmpty && DaysFrom < 0 && Weight == 1;

    public readonly bool Fits(in TagSet tags, int days) =>
        tags.HasAll(Requires) && !tags.HasAny(Forbids) && (DaysFrom < 0 || (days >= DaysFrom && days <= DaysTo));
}

/// <summary>A named choice among alternatives.</summary>
internal sealed record Rule(string Name, int Line, Alternative[] Alternatives)
{
    /// <summary>Rules that begin so hold what somebody else wrote earlier.</summary>
    public const string Quoted = "quoted.";

    public const int MostAlternatives = 64;

    /// <summary>What every alternative requires, and so the rule itself.</summary>
    public TagSet Requires { get; set; }

    public TagSet Forbids { get; set; }

    /// <summary>How many alternatives there are, when each may be chosen in any message and all weigh 1; otherwise 0.</summary>
    public int EvenChoices { get; set; }

    /// <summary>Which alternatives fit; made once the rule is linked.</summary>
    public ChoiceTable Choices { get; set; } = null!;

    /// <summary>Whether it is not the customer's text, so that it states nothing and habits of writing leave it alone.</summary>
    public bool IsQuoted { get; } = Name.StartsWith(Quoted, StringComparison.Ordinal);
}

/// <summary>The compiled phrases.</summary>
internal sealed record GrammarRules(
    TagTable Tags,
    Persona[] Personas,
    Rule[] Rules,
    Segment[] Segments,
    Literal[] Literals,
    string[] Families,
    string[] Months,
    KeyNeighbours Keys,
    Dictionary<string, int> RulesByName,
    string File)
{
    /// <summary>The family of rules that state the second of two requests.</summary>
    public const string Second = "second";

    /// <summary>Number of the family <see cref="Second"/>, or -1.</summary>
    public int SecondFamily { get; } = Array.IndexOf(Families, Second);

    public ReadOnlySpan<Segment> SegmentsOf(in Alternative alternative) => Segments.AsSpan(alternative.FirstSegment, alternative.SegmentCount);

    /// <summary>The rule that a family stands for in a wording, or -1.</summary>
    public int Member(string family, string wording, string request) =>
        RulesByName.TryGetValue($"{family}.{wording}", out var rule) || RulesByName.TryGetValue($"{family}.{request}", out rule) || RulesByName.TryGetValue($"{family}.any", out rule)
            ? rule
            : -1;
}
