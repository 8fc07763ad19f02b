using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MimeKit;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Workflow;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Desk;

/// <summary>A ticket of a file.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Id">What the file calls it; null where it says nothing.</param>
/// <param name="Text">The ticket, fit to be read.</param>
/// <param name="Warnings">What was odd about the text.</param>
internal sealed record FiledTicket(int Number, string? Id, TicketText Text, IReadOnlyList<string> Warnings);

/// <summary>Reads tickets from JSON (an object or a list), JSON Lines, or a mail; the first character that is no space says which.</summary>
internal static class TicketFile
{
    private const int LongestMail = 25 << 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The tickets, one after the other; only a list or a mail is read whole.</summary>
    /// <exception cref="WorldException"><c>invalid_ticket</c>: names the line and what is wrong.</exception>
    public static async IAsyncEnumerable<FiledTicket> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        var first = await FirstLineAsync(reader, cancellationToken);
        if (first is not var (line, text))
            throw Wrong(1, "there is nothing in it");
        if (text.TrimStart()[0] is not ('{' or '['))
        {
            yield return OfMail(text + '\n' + await reader.ReadToEndAsync(cancellationToken));
            yield break;
        }

        if (text.TrimStart()[0] == '{' && Parsed(text, line, lenient: true) is { } one)
        {
            yield return OfJson(one, 1, line);
            var number = 2;
            while (await reader.ReadLineAsync(cancellationToken) is { } next)
            {
                line++;
                if (!string.IsNullOrWhiteSpace(next))
                    yield return OfJson(Parsed(next, line, lenient: false)!.Value, number++, line);
            }

            yield break;
        }

        var whole = Parsed(text + '\n' + await reader.ReadToEndAsync(cancellationToken), line, lenient: false)!.Value;
        if (whole.ValueKind == JsonValueKind.Object)
        {
            yield return OfJson(whole, 1, line);
            yield break;
        }

        foreach (var (item, number) in whole.EnumerateArray().Select((item, place) => (item, place + 1)))
            yield return OfJson(item, number, line);
    }

    private static async Task<(int Line, string Text)?> FirstLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                return (line, text);
        }

        return null;
    }

    /// <param name="lenient">Gives null for text that is not whole JSON, such as the first line of an object that goes over several.</param>
    private static JsonElement? Parsed(string json, int line, bool lenient)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return lenient ? null : throw Wrong(line + (int)(e.LineNumber ?? 0), "it is not valid JSON");
        }
    }

    /// <summary>An object with <c>subject</c> and <c>body</c> (or <c>description</c>), or with such a one in <c>ticket</c>.</summary>
    private static FiledTicket OfJson(JsonElement json, int number, int line)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("ticket", out var inner) && inner.ValueKind == JsonValueKind.Object)
            json = inner;
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong(line, $"ticket {number} is not an object");
        return Of(number, Text("ticket_id") ?? Text("id"), Text("subject") ?? "", Text("body") ?? Text("description") ?? "", Text("customer_email") ?? Text("sender"), line);

        string? Text(string name)
        {
            if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                return null;
            try
            {
                return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
            }
            catch (InvalidOperationException)
            {
                throw Wrong(line, $"{name} of ticket {number} holds half of a character (an escaped surrogate without its other half)");
            }
        }
    }

    private static FiledTicket OfMail(string mail)
    {
        if (mail.Length > LongestMail)
            throw Wrong(1, $"the mail has more than {LongestMail} characters");
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(mail));
        try
        {
            using var message = MimeMessage.Load(bytes);
            if (message.Headers.Count > 0)
                return Of(1, message.MessageId, message.Subject ?? "", message.TextBody ?? message.HtmlBody ?? "", message.From.Mailboxes.FirstOrDefault()?.Address, 1);
        }
        catch (FormatException)
        {
            // Not a mail with headers: a plain text, whose first line is its subject.
        }

        var end = mail.IndexOf('\n', StringComparison.Ordinal);
        return Of(1, null, mail[..end].Trim(), mail[(end + 1)..].Trim(), null, 1);
    }

    private static FiledTicket Of(int number, string? id, string subject, string body, string? sender, int line)
    {
        if (string.IsNullOrWhiteSpace(subject) && string.IsNullOrWhiteSpace(body))
            throw Wrong(line, $"ticket {number} has neither subject nor body");
        if (subject.Length > TicketIntake.LongestSubject || body.Length > TicketIntake.LongestBody)
            throw Wrong(line, $"ticket {number} has a subject of {subject.Length} and a body of {body.Length} characters; the most are {TicketIntake.LongestSubject} and {TicketIntake.LongestBody}");
        var warnings = new List<string>();
        return new(number, id, TicketIntake.Clean(new(subject, body, string.IsNullOrWhiteSpace(sender) ? null : sender), warnings), warnings);
    }

    private static WorldException Wrong(int line, string what) => new(
        "invalid_ticket", $"The tickets cannot be read: in line {line} {what}.",
        "Give a JSON object with subject and body, a list of such, one a line, or a mail with its headers.", "file");
}
