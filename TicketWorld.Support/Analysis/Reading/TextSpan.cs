namespace TicketWorld.Support.Analysis.Reading;

/// <summary>A stretch of a message's text, in UTF-16 code units.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}
