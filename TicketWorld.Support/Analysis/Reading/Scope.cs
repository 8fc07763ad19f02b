using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Reading;

/// <summary>
/// Leaves out of a message what is not the writer's own text: quoted mail, signatures, footers. Where the writer adds no more than a pointer to what is
/// quoted, that is the message.
/// </summary>
internal sealed class Scope
{
    private readonly string[] _closings;
    private readonly string[] _footers;
    private readonly string[] _rules;
    private readonly string[] _quoteEnds;
    private readonly string[] _quoteStarts;
    private readonly string[] _headerStarts;
    private readonly string[] _headerNext;
    private readonly string[] _pointers;
    private readonly string[] _afterwords;
    private readonly int _signatureLines;
    private readonly int _pointerWords;

    public Scope(RuleFiles files)
    {
        var root = files.Read("scope.yaml");
        root.Only("closings", "footers", "rules", "quote_starts", "quote_ends", "header_starts", "header_next", "pointers", "afterwords", "signature_lines", "pointer_words");
        _closings = Texts(root["closings"]);
        _footers = Texts(root["footers"]);
        _rules = Texts(root["rules"]);
        _quoteStarts = Texts(root["quote_starts"]);
        _quoteEnds = Texts(root["quote_ends"]);
        _headerStarts = Texts(root["header_starts"]);
        _headerNext = Texts(root["header_next"]);
        _pointers = Texts(root["pointers"]);
        _afterwords = Texts(root["afterwords"]);
        _signatureLines = root["signature_lines"].Integer(0, 100);
        _pointerWords = root["pointer_words"].Integer(0, 100);
    }

    public void Apply(Message message)
    {
        var lines = Lines.Of(message);
        var folded = lines.ConvertAll(line => Lines.Fold(message, line));
        var quote = QuoteStart(folded);
        var own = WordsBefore(message, lines, folded, quote);
        if (quote < lines.Count && IsPointer(own))
        {
            // The forwarded text is the message; its headers are not.
            for (var i = quote; i < lines.Count && (folded[i].Length == 0 || IsHeader(folded[i])); i++)
                message.LeaveOut(lines[i]);
        }
        else
        {
            for (var i = quote; i < lines.Count; i++)
                message.LeaveOut(lines[i]);
            for (var i = 0; i < quote; i++)
            {
                if (folded[i].StartsWith('>'))
                    message.LeaveOut(lines[i]);
            }

            LeaveOutSignature(message, lines, folded, quote);
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (_footers.Any(footer => folded[i].StartsWith(footer, StringComparison.Ordinal)))
                message.LeaveOut(lines[i]);
        }
    }

    private int QuoteStart(List<string> folded)
    {
        for (var i = 0; i < folded.Count; i++)
        {
            var line = folded[i];
            if (_rules.Any(rule => line.StartsWith(rule, StringComparison.Ordinal))
                || _quoteStarts.Any(start => line.StartsWith(start, StringComparison.Ordinal)) && _quoteEnds.Any(end => line.Contains(end, StringComparison.Ordinal))
                || IsHeaderBlock(folded, i))
                return i;
        }

        // Quoted lines to the end are quoted mail too, though no header stands above them.
        var first = folded.Count;
        while (first > 0 && (folded[first - 1].Length == 0 || folded[first - 1].StartsWith('>')))
            first--;
        return folded.Skip(first).Any(line => line.StartsWith('>')) ? first : folded.Count;
    }

    private bool IsHeaderBlock(List<string> folded, int at) =>
        _headerStarts.Any(start => folded[at].StartsWith(start, StringComparison.Ordinal))
        && folded.Skip(at + 1).Take(3).Any(line => _headerNext.Any(next => line.StartsWith(next, StringComparison.Ordinal)));

    private bool IsHeader(string line) =>
        _rules.Any(rule => line.StartsWith(rule, StringComparison.Ordinal))
        || _headerStarts.Any(start => line.StartsWith(start, StringComparison.Ordinal))
        || _headerNext.Any(next => line.StartsWith(next, StringComparison.Ordinal))
        || _quoteStarts.Any(start => line.StartsWith(start, StringComparison.Ordinal)) && _quoteEnds.Any(end => line.Contains(end, StringComparison.Ordinal));

    /// <summary>The writer's words above the quotation, folded, without a signature.</summary>
    private List<string> WordsBefore(Message message, List<TextSpan> lines, List<string> folded, int quote)
    {
        var words = new List<string>();
        for (var i = 0; i < quote; i++)
        {
            if (IsClosing(folded[i]))
                break;
            words.AddRange(Folding.Fold(message.Read.Slice(lines[i].Start, lines[i].Length).ToString())
                .Split((char[])[' ', ',', '.', ':', '!', '?', ';', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
            if (words.Count > 3 * _pointerWords)
                break;
        }

        return words;
    }

    private bool IsPointer(List<string> words) =>
        words.Count == 0 || words.Count <= _pointerWords && words.Exists(word => _pointers.Contains(word));

    private bool IsClosing(string line) => _closings.Any(closing =>
        line.StartsWith(closing, StringComparison.Ordinal) && (line.Length == closing.Length || !char.IsLetter(line[closing.Length])));

    private void LeaveOutSignature(Message message, List<TextSpan> lines, List<string> folded, int end)
    {
        var start = end;
        var written = folded.Take(end).Count(line => line.Length > 0);
        var rest = written;
        for (var i = 0; i < end; i++)
        {
            if (folded[i] is "--" or "__" or "___" || folded[i].StartsWith("____", StringComparison.Ordinal))
            {
                start = i;
                break;
            }

            // A closing formula is short, few lines follow it, and something stands before it.
            if (IsClosing(folded[i]) && folded[i].Length < 60 && rest <= _signatureLines && rest < written)
            {
                start = i;
                break;
            }

            if (folded[i].Length > 0)
                rest--;
        }

        for (var i = start; i < end; i++)
        {
            if (_afterwords.Any(word => folded[i].StartsWith(word, StringComparison.Ordinal)))
                break;
            message.LeaveOut(lines[i]);
        }
    }

    private static string[] Texts(PackNode node) => [.. node.Texts().Select(Folding.Fold)];
}
