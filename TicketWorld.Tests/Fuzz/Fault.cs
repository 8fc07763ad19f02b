namespace TicketWorld.Tests.Fuzz;

/// <summary>What is wrong with a generated request.</summary>
internal enum Fault
{
    /// <summary>Nothing: it is as the document says.</summary>
    None,
    NoBody,
    NoJson,
    WrongType,
    UnknownField,
    MissingField,
    WrongWord,
    Length,
    InvalidUtf8,
    LoneSurrogate,
    DeepNesting,
    HugeNumber,
    DuplicateKey,
    HugeBody,
    SlowBody,

    /// <summary>Less comes than <c>Content-Length</c> promises.</summary>
    UnfinishedBody,
    WrongContentType,
    WrongCharset,
    Compressed,
    BadPath,
    BadQuery,
    BadHeader,
    BadFraming,
    WrongMethod,
}
