namespace TicketWorld.Support.Analysis.Reading;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Word,
    Number,

    /// <summary>Letters with digits, or a word in capitals joined by hyphens or underscores with digits.</summary>
    Code,
    Url,
    Mail,

    /// <summary>More than 60 characters without a space: no word of any language, and never among a message's tokens.</summary>
    Blob,
}

/// <summary>A word, number or code of a message.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Sentence">Number of its sentence; the subject's come first and no sentence crosses into the body.</param>
/// <param name="Clause">Grows at every comma, dash, bracket and end of sentence.</param>
internal readonly record struct Token(TextSpan Span, TokenKind Kind, int Sentence, int Clause);
