using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Records;

/// <summary>A postal address.</summary>
public sealed record Address(string Street, string City, string State, string Zip);

/// <summary>A customer of the company.</summary>
public sealed class Customer
{
    public required CustomerId Id { get; init; }
    public required string Name { get; init; }

    /// <summary>A symbol of the pack's tier list, for example <c>standard</c>.</summary>
    public required string Tier { get; init; }
    public required string PrimaryEmail { get; init; }

    /// <summary>A second address of the same person, or null.</summary>
    public string? AlternateEmail { get; init; }
    public required string Phone { get; init; }
    public required Address ShippingAddress { get; init; }
    public required Address BillingAddress { get; init; }

    /// <summary>Whether the customer's orders are free of tax.</summary>
    public bool TaxExempt { get; init; }

    /// <summary>The day the account was opened; no order of the customer is earlier.</summary>
    public required DateOnly CreatedDate { get; set; }
}

/// <summary>A product of the catalogue.</summary>
public sealed class Product
{
    public required ProductId Id { get; init; }
    public required string Name { get; init; }
    public required string Category { get; init; }
    public required string Brand { get; init; }
    public required Money BasePrice { get; init; }

    /// <summary>Warranty in days from delivery.</summary>
    public required int WarrantyDays { get; init; }

    /// <summary>Weight in grams.</summary>
    public required int WeightGrams { get; init; }
    public required bool RequiresSignature { get; init; }
    public required bool InStock { get; init; }
    public required string Description { get; init; }
}

/// <summary>What a customer wrote: the part of a ticket that an agent is given.</summary>
public sealed record Message(string TicketId, string Sender, string Subject, string Body, DateTime Timestamp);

/// <summary>How the sender was found in the database.</summary>
/// <param name="Status">found | ambiguous | not_found.</param>
/// <param name="Customer">The customer, when found.</param>
/// <param name="Method">How: primary_email, alternate_email or order_number (sender unknown, order and name agree).</param>
/// <param name="OrderMethod">How the order was found: order_number, corrected_order_number, product, only_order, order_date, not_needed, ambiguous or not_found.</param>
/// <param name="CandidateOrders">The orders that fit when more than one does.</param>
public sealed record CustomerLookup(string Status, CustomerId? Customer, string Method, string OrderMethod, OrderId[] CandidateOrders, string Notes)
{
    /// <summary>How the product was found: named, only_line, corrected_product, not_needed or not_found.</summary>
    public string ProductMethod { get; init; } = "not_needed";
}

/// <summary>What a message states and the record contradicts.</summary>
/// <param name="Field">order_number, product, order_date, or the name of a claim.</param>
/// <param name="Stated">As the message has it.</param>
/// <param name="Record">As the record has it.</param>
public sealed record Discrepancy(string Field, string Stated, string Record);

/// <summary>One step of a resolution.</summary>
/// <param name="Type">An action type of the pack.</param>
/// <param name="Value">Money that flows to the customer (positive) or from the customer (negative).</param>
/// <param name="Clauses">Clauses that demand the action, strongest first.</param>
/// <param name="Details">Named particulars in a fixed order: fee, label, shipping fee, what to ask for.</param>
public sealed record ResolutionAction(string Type, string Reason, Money Value, string[] Clauses, KeyValuePair<string, string>[] Details);

/// <summary>The one right answer to a ticket.</summary>
public sealed record ResolutionPlan
{
    public required OrderId? Order { get; init; }
    public required DateOnly? OrderDate { get; init; }
    public required ProductId? Product { get; init; }
    public required CustomerLookup Lookup { get; init; }

    /// <summary>Names of the one or two requests, in the order of the policy.</summary>
    public string[] Requests { get; init; } = [];
    public Discrepancy[] Discrepancies { get; init; } = [];
    public required string Outcome { get; init; }
    public required string[] PolicyReferences { get; init; }
    public required string PolicyReasoning { get; init; }
    public required ResolutionAction[] Actions { get; init; }
    public required bool EscalationRequired { get; init; }
    public required string? EscalationReason { get; init; }
    public required string Priority { get; init; }
    public required Money TotalValue { get; init; }
}
