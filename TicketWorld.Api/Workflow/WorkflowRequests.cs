using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using TicketWorld.Api.Requests;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Api.Workflow;

/// <summary>A ticket as a customer sends it.</summary>
/// <param name="Subject">1 to 500 characters.</param>
/// <param name="Body">1 to 50,000 characters.</param>
/// <param name="CustomerId">At most 100 characters.</param>
/// <param name="CustomerEmail">The address to answer to.</param>
/// <param name="Metadata">Anything, kept with the ticket; at most 16 KiB.</param>
internal sealed record TicketInput(
    [property: Length(1, TicketIntake.LongestSubject)] string Subject, [property: Length(1, TicketIntake.LongestBody)] string Body,
    [property: MaxLength(TicketInput.LongestCustomerId)] string? CustomerId = null, [property: MaxLength(JsonFields.LongestEmail)] string? CustomerEmail = null,
    JsonElement? Metadata = null)
{
    public const int LongestCustomerId = 100;
    private const int MostMetadata = 16 << 10;

    public static TicketInput? From(JsonFields? fields) => fields is null ? null : new(
        fields.Text("subject", TicketIntake.LongestSubject, required: true) ?? "",
        fields.Text("body", TicketIntake.LongestBody, required: true) ?? "",
        Named(fields.Text("customer_id", LongestCustomerId)),
        fields.Email("customer_email"),
        fields.Free("metadata", MostMetadata));

    /// <summary>The text of a flat body, whose ticket stands among other fields.</summary>
    public static TicketText TextFrom(JsonFields fields) => new(
        fields.Text("subject", TicketIntake.LongestSubject, required: true) ?? "",
        fields.Text("body", TicketIntake.LongestBody, required: true) ?? "",
        fields.Email("customer_email"));

    private static string? Named(string? id) => string.IsNullOrWhiteSpace(id) ? null : string.Concat(id.Where(c => !char.IsControl(c))).Trim();
}

/// <summary>A ticket with what shall be done to it.</summary>
internal sealed record ProcessRequest(TicketInput Ticket, WorkflowOptions? Options = null)
{
    public static ProcessRequest From(JsonElement body)
    {
        var fields = new JsonFields(body);
        var ticket = TicketInput.From(fields.Object("ticket", required: true));
        var options = OptionsFrom(fields.Object("options"));
        fields.ThrowIfFaulty();
        return new(ticket!, options);
    }

    /// <summary>The options; <c>skip_response</c> is another name of <c>skip_response_generation</c>.</summary>
    public static WorkflowOptions OptionsFrom(JsonFields? fields)
    {
        var defaults = new WorkflowOptions();
        return fields is null ? defaults : new()
        {
            ResponseTone = fields.Choice<ReplyTone>("response_tone") ?? defaults.ResponseTone,
            EnableParallel = fields.Flag("enable_parallel", defaults.EnableParallel),
            SkipClassification = fields.Flag("skip_classification", false),
            SkipExtraction = fields.Flag("skip_extraction", false),
            SkipResponseGeneration = fields.Flag("skip_response_generation", false) | fields.Flag("skip_response", false),
            SkipRouting = fields.Flag("skip_routing", false),
            EnableDuplicateDetection = fields.Flag("enable_duplicate_detection", defaults.EnableDuplicateDetection),
        };
    }
}

/// <summary>A ticket to classify.</summary>
internal sealed record ClassifyRequest(
    [property: Length(1, TicketIntake.LongestSubject)] string Subject, [property: Length(1, TicketIntake.LongestBody)] string Body,
    [property: MaxLength(JsonFields.LongestEmail)] string? CustomerEmail = null)
{
    public static TicketText From(JsonElement body)
    {
        var fields = new JsonFields(body);
        var text = TicketInput.TextFrom(fields);
        fields.ThrowIfFaulty();
        return text;
    }
}

/// <summary>A ticket to find fields in; with a category, what that one needs is checked.</summary>
internal sealed record ExtractRequest(
    [property: Length(1, TicketIntake.LongestSubject)] string Subject, [property: Length(1, TicketIntake.LongestBody)] string Body,
    Category? Category = null, [property: MaxLength(JsonFields.LongestEmail)] string? CustomerEmail = null)
{
    public static (TicketText Text, Category? Category) From(JsonElement body)
    {
        var fields = new JsonFields(body);
        var text = TicketInput.TextFrom(fields);
        var category = fields.Choice<Category>("category");
        fields.ThrowIfFaulty();
        return (text, category);
    }
}

/// <summary>A field that was found before.</summary>
internal sealed record GivenField([property: Length(1, GivenFields.LongestName)] string Name, JsonElement? Value = null, double? Confidence = null);

/// <summary>Fields that were found before.</summary>
internal sealed record GivenFields([property: MaxLength(GivenFields.Most)] IReadOnlyList<GivenField>? Fields = null)
{
    public const int Most = 100;
    public const int LongestName = 100;

    /// <summary>The names of the fields; their values do not decide anything here.</summary>
    public static IReadOnlyList<string> NamesFrom(JsonFields? fields)
    {
        if (fields is null)
            return [];
        var names = new List<string>();
        foreach (var field in fields.Objects("fields", Most))
        {
            if (field.Text("name", LongestName, required: true) is { } name)
                names.Add(name);
            foreach (var other in (string[])["value", "confidence", "source_span", "spans"])
                field.Ignore(other);
        }

        fields.Ignore("missing_required");
        fields.Ignore("validation_errors");
        return names;
    }
}

/// <summary>A ticket to answer.</summary>
internal sealed record RespondRequest(
    [property: Length(1, TicketIntake.LongestSubject)] string Subject, [property: Length(1, TicketIntake.LongestBody)] string Body,
    Category Category, Severity Severity, GivenFields? ExtractedFields = null, ReplyTone? Tone = null, [property: MaxLength(JsonFields.LongestEmail)] string? CustomerEmail = null)
{
    public static (TicketText Text, Category Category, Severity Severity, ReplyTone Tone, IReadOnlyList<string> Given) From(JsonElement body)
    {
        var fields = new JsonFields(body);
        var text = TicketInput.TextFrom(fields);
        var category = fields.Choice<Category>("category", required: true);
        var severity = fields.Choice<Severity>("severity", required: true);
        var given = GivenFields.NamesFrom(fields.Object("extracted_fields"));
        var tone = fields.Choice<ReplyTone>("tone") ?? ReplyTone.Friendly;
        fields.ThrowIfFaulty();
        return (text, category!.Value, severity!.Value, tone, given);
    }
}

/// <summary>A ticket to give to a team.</summary>
internal sealed record RouteRequest(
    [property: Length(1, TicketIntake.LongestSubject)] string Subject, [property: Length(1, TicketIntake.LongestBody)] string Body,
    Category Category, Severity Severity, GivenFields? ExtractedFields = null, [property: MaxLength(JsonFields.LongestEmail)] string? CustomerEmail = null)
{
    public static (Category Category, Severity Severity) From(JsonElement body)
    {
        var fields = new JsonFields(body);
        TicketInput.TextFrom(fields);
        var category = fields.Choice<Category>("category", required: true);
        var severity = fields.Choice<Severity>("severity", required: true);
        GivenFields.NamesFrom(fields.Object("extracted_fields"));
        fields.ThrowIfFaulty();
        return (category!.Value, severity!.Value);
    }
}
