namespace TicketWorld.Support.Analysis.Reading;

/// <summary>The lines of what is read of a message's body.</summary>
internal static class Lines
{
    public static List<TextSpan> Of(Message message)
    {
        var lines = new List<TextSpan>();
        var text = message.Read;
        for (var start = message.BodyStart; start < text.Length;)
        {
            var length = text[start..].IndexOf('\n');
            lines.Add(new TextSpan(start, length < 0 ? text.Length - start : length));
            start = length < 0 ? text.Length : start + length + 1;
        }

        return lines;
    }

    /// <summary>The start of a line as rules are written: folded, with single spaces, without leading signs other than those that the rules name.</summary>
    public static string Fold(Message message, TextSpan line, int length = 90)
    {
        var text = message.Read.Slice(line.Start, Math.Min(line.Length, length)).Trim();
        return Folding.Fold(text.ToString()).Replace("\t", " ", StringComparison.Ordinal);
    }
}
