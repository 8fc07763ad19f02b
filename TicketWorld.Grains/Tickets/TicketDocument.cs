using System.Globalization;
using System.Text.Json;

namespace TicketWorld.Grains.Tickets;

/// <summary>The fields of a generated ticket that a ticket grain begins with.</summary>
internal sealed record TicketDocument(string TicketId, string CustomerId, string CustomerEmail, string Subject, string Body, DateTimeOffset WrittenAt)
{
    /// <exception cref="GrainCallException"><c>invalid_ticket</c>: a field is missing or is no text.</exception>
    public static TicketDocument Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
            throw Invalid($"it is {document.ValueKind} and should be an object");
        var written = Text("timestamp");
        if (!DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            throw Invalid($"its timestamp '{written}' is no time such as 2026-01-14T09:12:44Z");
        return new(Text("ticket_id"), Text("customer_id"), Text("customer_email"), Text("subject"), Text("body"), at);

        string Text(string name) =>
            document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw Invalid($"it has no text in '{name}'");
    }

    private static GrainCallException Invalid(string what) =>
        new("invalid_ticket", $"The ticket document cannot be opened: {what}. Send the document as the batch lists it.");
}
