using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>What the checker holds to be the one right answer to a message, or why there is none.</summary>
public sealed record Verdict
{
    /// <summary>Classes of compliant resolutions; the verdict holds an answer exactly when it is 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Why there is no single answer, or null.</summary>
    public required string? Problem { get; init; }

    public bool IsUnique => Classes == 1 && Problem is null;

    /// <summary>Names of the one or two requests in the order of the policy; empty when the text states none.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    public Order? Order { get; init; }

    public ProductId? Product { get; init; }

    public CustomerId? Customer { get; init; }

    /// <summary>primary_email | alternate_email | order_number | none.</summary>
    public string LookupMethod { get; init; } = "none";

    public string OrderMethod { get; init; } = "not_found";

    /// <summary>named | only_line | corrected_product | not_needed | not_found.</summary>
    public string ProductMethod { get; init; } = "not_needed";

    /// <summary>What the message states and the record contradicts.</summary>
    public Discrepancy[] Discrepancies { get; init; } = [];

    /// <summary>The orders that fit when several do, in the order of the file.</summary>
    public IReadOnlyList<OrderId> CandidateOrders { get; init; } = [];

    public string Outcome { get; init; } = "";

    public IReadOnlyList<string> References { get; init; } = [];

    public IReadOnlyList<ExpectedAction> Actions { get; init; } = [];

    public bool EscalationRequired { get; init; }

    public string Priority { get; init; } = "";

    /// <summary>What a clarification asks for, in order; empty when nothing is asked.</summary>
    public IReadOnlyList<string> AskFor { get; init; } = [];

    /// <summary>found when the customer is known, else not_found.</summary>
    public string LookupStatus => Customer is null ? "not_found" : "found";

    public Money TotalValue
    {
        get
        {
            var total = Money.Zero;
            foreach (var action in Actions)
                total += action.Value;
            return total;
        }
    }

    /// <summary>One for each request; empty when the text states none, or contradicts itself.</summary>
    internal Case[] Cases { get; init; } = [];

    internal ulong Firing { get; init; }
}
