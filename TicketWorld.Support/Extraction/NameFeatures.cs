using System.Numerics;
using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Support.Extraction;

/// <summary>What speaks for and against a stretch of text being the name of a product, as features of a linear model.</summary>
internal static class NameFeatures
{
    private const int LongestFolded = 48;
    private const int Ending = 3;

    /// <summary>Senses of which the number of words that have them says something of the whole sentence or message.</summary>
    private const Sense Subjects = Sense.Device | Sense.Program | Sense.Goods | Sense.Plan | Sense.Screen | Sense.Update | Sense.Version | Sense.Licence | Sense.Use | Sense.PlanChange | Sense.Fault | Sense.Interface;

    private static readonly FeatureKind Clue = new("clue");
    private static readonly FeatureKind GermanClue = new("clue_de");
    private static readonly FeatureKind Before = new("before");
    private static readonly FeatureKind Before2 = new("before2");
    private static readonly FeatureKind After = new("after");
    private static readonly FeatureKind BeforeSense = new("before_is");
    private static readonly FeatureKind Before2Sense = new("before2_is");
    private static readonly FeatureKind AfterSense = new("after_is");
    private static readonly FeatureKind FirstSense = new("first_is");
    private static readonly FeatureKind LastSense = new("last_is");
    private static readonly FeatureKind First = new("first");
    private static readonly FeatureKind Last = new("last");
    private static readonly FeatureKind EndsIn = new("ends");
    private static readonly FeatureKind StartsWith = new("starts");
    private static readonly FeatureKind Shape = new("shape");
    private static readonly FeatureKind GermanShape = new("shape_de");
    private static readonly FeatureKind Sentence = new("sentence");
    private static readonly FeatureKind Message = new("message");
    private static readonly FeatureKind NumberBehind = new("number");
    private static readonly FeatureKind Rule = new("rule");

    private static readonly (string Name, ulong Hash) Digits = Named("9");
    private static readonly (string Name, ulong Hash) Wider = Named("wider");
    private static readonly (string Name, ulong Hash) Narrower = Named("narrower");
    private static readonly (string Name, ulong Hash)[] Senses = [.. Enumerable.Range(0, 64).Select(bit => Named(Enum.GetName((Sense)(1UL << bit))?.ToLowerInvariant() ?? "none"))];
    private static readonly (string Name, ulong Hash)[] Clues = [.. Enum.GetNames<NameClue>().Select(name => Named(name.ToLowerInvariant()))];

    /// <summary>Features of the message, the same for each of its stretches.</summary>
    public static void OfMessage(Reading reading, FeatureList features) => OfSenses(Message, reading.Message & Subjects, features);

    /// <summary>Features of one stretch.</summary>
    public static void Of(Reading reading, NameSpan span, FeatureList features)
    {
        var tokens = reading.Tokens;
        var german = reading.German;
        var (first, last) = (span.First, span.Last);
        for (var clues = NameClues.Of(reading, first, last); clues != 0; clues &= clues - 1)
        {
            var (name, hash) = Clues[BitOperations.TrailingZeroCount(clues)];
            features.Add(Clue, hash, name);
            if (german)
                features.Add(GermanClue, hash, name);
        }

        Around(reading, first, last, features);
        Word(First, tokens, first, features);
        if (last > first)
            Word(Last, tokens, last, features);
        OfSenses(FirstSense, tokens[first].Senses, features);
        if (last > first)
            OfSenses(LastSense, tokens[last].Senses, features);
        Ends(tokens, first, features);
        AddShape(reading, first, last, features);
        OfSenses(Sentence, reading.SentenceOf(first) & Subjects, features);
        OfNumber(reading, last, features);
        OfRules(reading, span, features);
    }

    private static void Around(Reading reading, int first, int last, FeatureList features)
    {
        var tokens = reading.Tokens;
        if (first > 0 && reading.InSentence(first - 1, first) && tokens[first].Before != Gap.Line)
        {
            Word(Before, tokens, first - 1, features);
            OfSenses(BeforeSense, tokens[first - 1].Senses, features);
            if (first > 1 && reading.InSentence(first - 2, first))
            {
                Word(Before2, tokens, first - 2, features);
                OfSenses(Before2Sense, tokens[first - 2].Senses, features);
            }
        }

        var next = last + 1;
        if (reading.InSentence(next, last))
        {
            Word(After, tokens, next, features);
            OfSenses(AfterSense, tokens[next].Senses, features);
        }
    }

    private static void Word(FeatureKind kind, TokenList tokens, int i, FeatureList features)
    {
        ref var token = ref tokens[i];
        if (token.Digit)
        {
            features.Add(kind, Digits.Hash, Digits.Name);
            return;
        }

        Span<char> folded = stackalloc char[LongestFolded];
        var length = WordBook.Fold(tokens.TextOf(i), folded);
        if (length <= 0)
            return;
        features.Add(kind, Hash.Of(folded[..length]), folded[..length]);
    }

    private static void OfSenses(FeatureKind kind, Sense senses, FeatureList features)
    {
        for (var bits = (ulong)senses; bits != 0; bits &= bits - 1)
        {
            var (name, hash) = Senses[BitOperations.TrailingZeroCount(bits)];
            features.Add(kind, hash, name);
        }
    }

    private static void Ends(TokenList tokens, int i, FeatureList features)
    {
        Span<char> folded = stackalloc char[LongestFolded];
        var length = WordBook.Fold(tokens.TextOf(i), folded);
        if (length < Ending + 1)
            return;
        var end = folded[(length - Ending)..length];
        features.Add(EndsIn, Hash.Of(end), end);
        var start = folded[..Ending];
        features.Add(StartsWith, Hash.Of(start), start);
    }

    /// <summary>What the words look like, with those on both sides: a.A9. is a word in small letters, a name with a number, the end of the sentence.</summary>
    private static void AddShape(Reading reading, int first, int last, FeatureList features)
    {
        Span<char> shape = stackalloc char[16];
        var length = 0;
        shape[length++] = first > 0 && reading.InSentence(first - 1, first) && reading.Tokens[first].Before != Gap.Line ? Letter(reading, first - 1) : '.';
        shape[length++] = '_';
        for (var i = first; i <= last; i++)
            shape[length++] = Letter(reading, i);
        shape[length++] = '_';
        shape[length++] = reading.InSentence(last + 1, last) ? Letter(reading, last + 1) : '.';
        features.Add(Shape, Hash.Of(shape[..length]), shape[..length]);
        var inner = shape[2..(length - 2)];
        features.Add(reading.German ? GermanShape : Shape, Hash.Of(inner), inner);
        var left = shape[..3];
        features.Add(Shape, Hash.Of(left), left);
        var right = shape[(length - 3)..length];
        features.Add(Shape, Hash.Of(right), right);
    }

    private static char Letter(Reading reading, int i)
    {
        ref var token = ref reading.Tokens[i];
        return token.Kind switch
        {
            TokenKind.Symbol => char.IsAscii(token.First) && token.First != ' ' ? token.First : '"',
            TokenKind.Number => '9',
            TokenKind.Code => token.Upper ? 'K' : 'k',
            TokenKind.Word when token.Mixed => 'M',
            TokenKind.Word when token.Upper && !token.Lower => 'U',
            TokenKind.Word when token.Is(Sense.Tier) && token.Capital => 'T',
            TokenKind.Word when token.Is(Sense.Plan) => token.Capital ? 'P' : 'p',
            TokenKind.Word when token.Capital => reading.KindOf(i) switch { WordKind.Ordinary => token.Senses == Sense.None ? 'O' : 'B', WordKind.Compound => 'C', _ => token.Senses == Sense.None ? 'A' : 'D' },
            TokenKind.Word => 'a',
            _ => '@',
        };
    }

    /// <summary>Whether a number is the last token or stands behind it, and what the message is about: a model or a version.</summary>
    private static void OfNumber(Reading reading, int last, FeatureList features)
    {
        var inside = reading.Tokens[last].Kind == TokenKind.Number;
        var number = inside ? last : last + 1;
        if (!inside && !(reading.InSentence(number, last) && reading.Tokens[number].Kind == TokenKind.Number && reading.Tokens[number].Before == Gap.Space))
            return;
        Span<char> form = stackalloc char[5];
        form[0] = inside ? 'i' : 'b';
        form[1] = (char)('0' + Math.Min(reading.Tokens[number].Length, 5));
        form[2] = (reading.Message & (Sense.Device | Sense.Goods)) != Sense.None ? 'd' : '-';
        form[3] = (reading.Message & (Sense.Program | Sense.Screen | Sense.Update | Sense.ThirdParty | Sense.Version)) != Sense.None ? 'p' : '-';
        form[4] = reading.Tokens.TextOf(number).Contains('.') ? '.' : '-';
        for (var length = 1; length <= form.Length; length++)
            features.Add(NumberBehind, Hash.Of(form[..length]), form[..length]);
    }

    /// <summary>What the rules say: the score that one gave the same stretch, or that one took a part of it or more than it.</summary>
    private static void OfRules(Reading reading, NameSpan span, FeatureList features)
    {
        Span<char> name = stackalloc char[4];
        foreach (var candidate in reading.Names)
        {
            if (candidate.Start == span.Start && candidate.End == span.End)
            {
                name[0] = '=';
                candidate.Score.TryFormat(name[1..], out var written);
                features.Add(Rule, Hash.Of(name[..(written + 1)]), name[..(written + 1)]);
            }
            else if (candidate.Start <= span.Start && candidate.End >= span.End)
            {
                features.Add(Rule, Wider.Hash, Wider.Name);
            }
            else if (candidate.Start >= span.Start && candidate.End <= span.End)
            {
                features.Add(Rule, Narrower.Hash, Narrower.Name);
            }
        }
    }

    private static (string Name, ulong Hash) Named(string name) => (name, Hash.Of(name));
}
