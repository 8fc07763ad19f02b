namespace TicketWorld.Worlds.Authorship;

/// <summary>What came of an author's texts.</summary>
public sealed class AuthoringReport
{
    /// <summary>Messages of the author in the set.</summary>
    public int Messages { get; set; }

    /// <summary>Reasonings of the author in the set.</summary>
    public int Reasonings { get; set; }

    /// <summary>Tickets that keep the grammar's message though the author was asked.</summary>
    public int MessageFallbacks { get; set; }

    /// <summary>Resolutions that keep the program's reasoning though the author was asked.</summary>
    public int ReasoningFallbacks { get; set; }

    /// <summary>Tickets that say something for which the vocabulary has no wording, so that nobody was asked.</summary>
    public int Unworded { get; set; }

    /// <summary>Texts that the gate judged.</summary>
    public int Judged { get; set; }

    /// <summary>Texts that the gate refused.</summary>
    public int Rejected { get; set; }

    public void Add(AuthoringReport other)
    {
        Messages += other.Messages;
        Reasonings += other.Reasonings;
        MessageFallbacks += other.MessageFallbacks;
        ReasoningFallbacks += other.ReasoningFallbacks;
        Unworded += other.Unworded;
        Judged += other.Judged;
        Rejected += other.Rejected;
    }

    internal void Note(List<string> problems)
    {
        Judged++;
        Rejected += problems.Count > 0 ? 1 : 0;
    }
}
