namespace TicketWorld.Worlds.Messages;

/// <summary>Whether a message holds an order number.</summary>
public enum OrderMention : byte
{
    /// <summary>No order is concerned.</summary>
    None,
    Withheld,
    Exact,

    /// <summary>The customer mistypes the number and believes it right.</summary>
    Wrong,
}

/// <summary>Whether a message names the product.</summary>
public enum ProductMention : byte
{
    /// <summary>No single product is concerned.</summary>
    None,
    Withheld,
    Named,
}

/// <summary>What a customer wants in exchange.</summary>
public enum TargetMention : byte
{
    None,
    Same,
    Other,
}

/// <summary>Whether a message says when the order was placed.</summary>
public enum DateMention : byte
{
    /// <summary>As it happens to be written.</summary>
    Free,
    Required,
    Forbidden,
}

/// <summary>From which address a customer writes.</summary>
public enum SenderKind : byte
{
    Primary,
    Alternate,

    /// <summary>An address that the shop does not know; the text then holds the customer's full name.</summary>
    Unknown,
}

/// <summary>The mood of a message.</summary>
public enum Sentiment : byte
{
    Neutral,
    Frustrated,
    Pleading,
    Confused,
}
