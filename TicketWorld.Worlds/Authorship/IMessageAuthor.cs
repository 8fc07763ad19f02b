namespace TicketWorld.Worlds.Authorship;

/// <summary>
/// Writes texts of tickets that are proved already: what customers say, and why a resolution is right. What it writes changes no fact and no
/// resolution, and is taken only when it reads back the same. Called from many threads at a time.
/// </summary>
public interface IMessageAuthor
{
    WriterIdentity Writer { get; }

    /// <summary>Writes a message; null when it cannot, so that the grammar's stays.</summary>
    /// <param name="refused">The text of the first attempt and what was wrong with it; null at the first attempt.</param>
    Task<AuthoredMessage?> WriteMessageAsync(MessageBrief brief, Refusal<AuthoredMessage>? refused, CancellationToken cancellation);

    /// <summary>Writes the reasoning of a resolution; null when it cannot, so that the program's stays.</summary>
    /// <inheritdoc cref="WriteMessageAsync" path="/param"/>
    Task<string?> WriteReasoningAsync(ReasoningBrief brief, Refusal<string>? refused, CancellationToken cancellation);
}

/// <summary>Subject and body of a message.</summary>
public sealed record AuthoredMessage(string Subject, string Body);

/// <summary>A text that was not taken, and why.</summary>
public sealed record Refusal<T>(T Text, IReadOnlyList<string> Problems);

/// <summary>Who writes the texts of a set: <c>writer</c> in its manifest.</summary>
/// <param name="Kind"><c>grammar</c> or <c>model</c>.</param>
/// <param name="Model">Name of the model, or null.</param>
/// <param name="Prompts">Digest of the prompts, or null.</param>
public sealed record WriterIdentity(string Kind, string? Model, string? Prompts)
{
    public const string ModelKind = "model";

    public static WriterIdentity Grammar { get; } = new("grammar", null, null);

    public bool IsModel => Kind == ModelKind;
}

/// <summary>Something that a message says, with wordings that the reader of messages knows for it.</summary>
/// <param name="Wordings">One of them must stand in the message as it is.</param>
public sealed record Statement(string Name, string Value, string[] Wordings);

/// <summary>What a message is to say, and nothing about the answer to it.</summary>
public sealed record MessageBrief
{
    public required string TicketId { get; init; }
    public required string Company { get; init; }
    public required DateOnly Date { get; init; }
    public required string CustomerName { get; init; }

    /// <summary>Whether the full name must stand in the message, as nothing else tells who writes.</summary>
    public required bool NameRequired { get; init; }

    /// <summary>What kind of writer the customer is: a persona of the pack.</summary>
    public required string Persona { get; init; }
    public required string Sentiment { get; init; }

    /// <summary>About how many words the body is to have.</summary>
    public required int Words { get; init; }

    /// <summary>The order number as the customer writes it; null when the new text holds none.</summary>
    public required string? OrderNumber { get; init; }
    public required string? Product { get; init; }

    /// <summary>The product wanted in exchange, which stands right after one of the markers.</summary>
    public required string? TargetProduct { get; init; }
    public required string[] TargetMarkers { get; init; }
    public required string? Amount { get; init; }

    /// <summary>Requests, claims and times that the message states.</summary>
    public required Statement[] Says { get; init; }

    /// <summary>Names of the facts that the message leaves open.</summary>
    public required string[] LeavesOpen { get; init; }
}

/// <summary>A clause that a reasoning cites.</summary>
public sealed record CitedClause(string Id, string Title);

/// <summary>A step of the resolution.</summary>
public sealed record BriefAction(string Type, string Reason, string Value, string[] Clauses);

/// <summary>A resolution whose reasons are to be told.</summary>
public sealed record ReasoningBrief(string TicketId, string Outcome, string ProgramText, CitedClause[] Clauses, BriefAction[] Actions);
