using TicketWorld.Grains.Tickets;
using TicketWorld.Support.Duplicates;

namespace TicketWorld.Grains.Customers;

/// <summary>An open ticket and what others are compared with.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Fingerprint">Null for one that was not sent by a customer but opened from a batch, or was taken up again.</param>
public sealed record KnownTicket(CustomerTicket Ticket, TicketFingerprint? Fingerprint);

/// <summary>
/// The tickets of one owner, as its grain remembers them: all are counted, and the newest open ones are known, so that what is written with every change
/// stays small however many there are. Changes come in the order in which they were made and once each, so counting needs no memory of what was counted.
/// </summary>
public sealed class OpenTickets
{
    /// <summary>How many open tickets are known.</summary>
    public const int MostKnown = 200;

    public int Open { get; set; }

    public int Finished { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The oldest first.</summary>
    public List<KnownTicket> Known { get; set; } = [];

    /// <summary>What versions before counting kept: every ticket. Read once, then null.</summary>
    public Dictionary<string, CustomerTicket>? Tickets { get; set; }

    /// <summary>Adds a ticket that its owner sent; false for one that is known.</summary>
    public bool Register(CustomerTicket ticket, TicketFingerprint fingerprint)
    {
        Upgrade();
        if (Known.Exists(known => known.Ticket.TicketId == ticket.TicketId))
            return false;
        Open++;
        Add(new(ticket, fingerprint));
        Touch(ticket);
        return true;
    }

    /// <summary>Takes a change; false for one that is older than what is known.</summary>
    public bool Change(CustomerTicket ticket)
    {
        Upgrade();
        var place = Known.FindIndex(known => known.Ticket.TicketId == ticket.TicketId);
        if (place >= 0 && Known[place].Ticket.Revision >= ticket.Revision)
            return false;
        var was = place >= 0 ? false : ticket.WasFinished;
        var now = TicketStatusRules.IsFinished(ticket.Status);
        Open += (now ? 0 : 1) - (was is false ? 1 : 0);
        Finished += (now ? 1 : 0) - (was is true ? 1 : 0);
        if (place >= 0 && now)
            Known.RemoveAt(place);
        else if (place >= 0)
            Known[place] = Known[place] with { Ticket = ticket };
        else if (!now && was is not false)
            Add(new(ticket, null));
        Touch(ticket);
        return true;
    }

    private void Add(KnownTicket ticket)
    {
        Known.Add(ticket);
        if (Known.Count > MostKnown)
            Known.RemoveAt(0);
    }

    private void Touch(CustomerTicket ticket) => UpdatedAt = ticket.UpdatedAt > UpdatedAt ? ticket.UpdatedAt : UpdatedAt;

    /// <summary>Counts what an earlier version kept.</summary>
    public void Upgrade()
    {
        if (Tickets is not { } all)
            return;
        Finished = all.Values.Count(ticket => TicketStatusRules.IsFinished(ticket.Status));
        Open = all.Count - Finished;
        Known = [.. all.Values.Where(ticket => !TicketStatusRules.IsFinished(ticket.Status)).OrderBy(ticket => ticket.UpdatedAt).TakeLast(MostKnown).Select(ticket => new KnownTicket(ticket, null))];
        UpdatedAt = all.Count == 0 ? default : all.Values.Max(ticket => ticket.UpdatedAt);
        Tickets = null;
    }
}
