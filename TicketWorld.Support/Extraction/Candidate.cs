namespace TicketWorld.Support.Extraction;

/// <summary>Fields by number, in the order of <see cref="FieldNames.All"/>; <see cref="Nothing"/> is a number that is none of them.</summary>
internal enum Field : sbyte
{
    Nothing = -1,
    OrderId,
    ErrorCode,
    AccountEmail,
    PhoneNumber,
    Amount,
    ProductName,
    ProductVersion,
    AccountId,
    TransactionId,
    Date,
    Url,
}

/// <summary>How a value is known.</summary>
internal enum Evidence : byte
{
    /// <summary>By what stands around it.</summary>
    Context,

    /// <summary>By a word beside it that names the field.</summary>
    Label,

    /// <summary>By its form alone.</summary>
    Form,

    /// <summary>By the words around it, loosely.</summary>
    Weak,
}

/// <summary>A reading of a stretch of text. Of readings that overlap the one with the higher score stands, then the longer.</summary>
/// <param name="Currency">Index of a currency plus one, 0 for none.</param>
internal readonly record struct Candidate(Field Field, int Start, int End, int Score, Evidence Evidence, byte Currency = 0);
