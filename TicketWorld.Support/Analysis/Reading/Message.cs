namespace TicketWorld.Support.Analysis.Reading;

/// <summary>
/// A message as one text: the subject, a line break, the body. Beside it stands what is read of it, of the same length, so that every offset holds for
/// both: what is left out is blank there, an entity of HTML stands as its character followed by soft hyphens.
/// </summary>
internal sealed class Message
{
    private readonly char[] _read;

    public Message(TicketText text)
    {
        Text = string.Concat(text.Subject, "\n", text.Body);
        BodyStart = text.Subject.Length + 1;
        _read = Text.ToCharArray();
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public int BodyStart { get; }

    /// <summary>As it is read.</summary>
    public ReadOnlySpan<char> Read => _read;

    /// <summary>Takes a stretch out of what is read. Line breaks stay.</summary>
    public void LeaveOut(TextSpan span)
    {
        foreach (ref var c in _read.AsSpan(span.Start, span.Length))
        {
            if (c is not ('\n' or '\r'))
                c = ' ';
        }
    }

    /// <summary>Puts a stretch back.</summary>
    public void Restore(TextSpan span) => Text.AsSpan(span.Start, span.Length).CopyTo(_read.AsSpan(span.Start));

    public void Replace(int at, char c) => _read[at] = c;

    public string Cut(TextSpan span) => Text.Substring(span.Start, span.Length);
}
