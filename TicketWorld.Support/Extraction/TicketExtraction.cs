using TicketWorld.Support.Analysis;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Extraction;

/// <summary>Where a value stands.</summary>
/// <param name="Part"><c>subject</c> or <c>body</c>.</param>
/// <param name="Start">Index of the first UTF-16 code unit in that part.</param>
/// <param name="Text">The text that stands there.</param>
public sealed record SourceSpan(string Part, int Start, string Text);

/// <summary>A value of a field.</summary>
/// <param name="Value">In the form that other systems take: an order id without <c>#</c>, an e-mail address in lower case, an amount as 1299.00.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Span">Where it stands; of a value that stands several times, the first.</param>
/// <param name="Currency">ISO 4217, of an amount whose currency is said.</param>
public sealed record FieldValue(string Value, double Confidence, SourceSpan Span, string? Currency = null);

/// <summary>A field with its values, in the order of appearance, each once.</summary>
/// <param name="Name">A name of <see cref="FieldNames"/>.</param>
/// <param name="Values">At least one.</param>
public sealed record ExtractedField(string Name, IReadOnlyList<FieldValue> Values)
{
    /// <summary>The least of the values' confidences.</summary>
    public double Confidence => Values.Min(value => value.Confidence);
}

/// <summary>The names of fields.</summary>
public static class FieldNames
{
    public const string OrderId = "order_id";
    public const string ErrorCode = "error_code";
    public const string AccountEmail = "account_email";
    public const string PhoneNumber = "phone_number";
    public const string Amount = "amount";
    public const string Date = "date";
    public const string Url = "url";
    public const string ProductName = "product_name";
    public const string ProductVersion = "product_version";
    public const string AccountId = "account_id";
    public const string TransactionId = "transaction_id";
    public const string PriorityKeywords = "priority_keywords";

    /// <summary>All of them, in the order in which answers list them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OrderId, ErrorCode, AccountEmail, PhoneNumber, Amount, ProductName, ProductVersion, AccountId, TransactionId, Date, Url, PriorityKeywords,
    ];
}

/// <summary>What a message states.</summary>
/// <param name="Fields">In the order of <see cref="FieldNames.All"/>.</param>
/// <param name="MissingRequired">Fields that the category needs and the message does not state.</param>
/// <param name="ValidationErrors">Values that are not of their field's form, each as a sentence.</param>
public sealed record TicketExtraction(IReadOnlyList<ExtractedField> Fields, IReadOnlyList<string> MissingRequired, IReadOnlyList<string> ValidationErrors)
{
    public static TicketExtraction None { get; } = new([], [], []);
}

/// <summary>Finds what messages state.</summary>
public interface IFieldExtractor
{
    /// <summary>Never fails for what a text holds.</summary>
    /// <param name="text">The message.</param>
    /// <param name="category">The category whose required fields are checked; null for none.</param>
    TicketExtraction Extract(TicketText text, Category? category);

    /// <summary>The fields that a category needs and that are not among those that were found.</summary>
    /// <param name="fields">What was found.</param>
    /// <param name="sender">Where the message came from; null when nobody said.</param>
    /// <param name="category">The category; null needs nothing.</param>
    IReadOnlyList<string> Missing(IReadOnlyList<ExtractedField> fields, string? sender, Category? category);
}
