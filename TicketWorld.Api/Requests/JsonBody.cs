using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using TicketWorld.Api.Errors;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults.Limits;

namespace TicketWorld.Api.Requests;

/// <summary>
/// Reads a JSON object strictly: a name that the request does not know, a name given twice, or a value of another type
/// is an error that names the field, the value and what was expected. An option that is null is one that was left out.
/// </summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The request's body as <typeparamref name="T"/>, whose properties are nullable and settable.</summary>
    /// <exception cref="ProblemException">The body is missing, too large, not JSON, or not this object.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request) where T : class, new()
    {
        using var document = await ReadObjectAsync(request);
        var root = document.RootElement;
        var result = new T();
        var known = GrainJson.Options.GetTypeInfo(typeof(T)).Properties;
        foreach (var property in root.EnumerateObject())
        {
            var target = known.FirstOrDefault(candidate => candidate.Name == property.Name) ?? throw Unknown(property.Name, known);
            if (property.Value.ValueKind != JsonValueKind.Null)
                target.Set!(result, Convert(property, target));
        }
        return result;
    }

    /// <summary>The request's body, which is one JSON object with every name once and no larger than the endpoint takes (<see cref="BodyLimit"/>).</summary>
    /// <exception cref="ProblemException">The body is missing, too large, or not a JSON object.</exception>
    public static async Task<JsonDocument> ReadObjectAsync(HttpRequest request)
    {
        var bytes = await ReadBytesAsync(request);
        if (bytes.Length == 0)
        {
            throw new ProblemException(new(StatusCodes.Status400BadRequest, "missing_body", "The request has no body.")
            {
                Remedy = "Send a JSON object; /docs shows an example.",
            });
        }
        if (!request.HasJsonContentType())
            throw new ProblemException(Problems.ForStatus(StatusCodes.Status415UnsupportedMediaType, request.HttpContext));

        var document = Parse(bytes);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new ProblemException(new(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object.")
        {
            Remedy = "Send an object; /docs shows an example.",
        });
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request)
    {
        var most = BodyLimit.Of(request.HttpContext);
        if (request.ContentLength > most)
            throw TooLarge(most);
        var buffer = new ArrayBufferWriter<byte>(1024);
        var reader = request.BodyReader;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(BodyLimit.Seconds), request.HttpContext.RequestServices?.GetService<TimeProvider>() ?? TimeProvider.System);
        await using var late = limit.Token.Register(reader.CancelPendingRead);
        while (true)
        {
            var piece = await ReadPieceAsync(reader, request);
            if (piece.IsCanceled)
                throw new ProblemException(Problems.ForStatus(StatusCodes.Status408RequestTimeout, request.HttpContext));
            foreach (var segment in piece.Buffer)
                buffer.Write(segment.Span);
            reader.AdvanceTo(piece.Buffer.End);
            if (buffer.WrittenCount > most)
                throw TooLarge(most);
            if (piece.IsCompleted)
                return buffer.WrittenSpan.ToArray();
        }
    }

    private static async ValueTask<ReadResult> ReadPieceAsync(PipeReader reader, HttpRequest request)
    {
        try
        {
            return await reader.ReadAsync(request.HttpContext.RequestAborted);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // The server's reader of chunks fails so for a size that no number holds.
            throw new ProblemException(new(StatusCodes.Status400BadRequest, "bad_request", "The body could not be read to its end.")
            {
                Remedy = "Send the body whole, with a Content-Length that is its length or in chunks of HTTP/1.1.",
            });
        }
    }

    private static JsonDocument Parse(byte[] bytes)
    {
        // The parser looks at no text before it is read, so what is no text would be found too late.
        if (!Utf8.IsValid(bytes))
            throw Invalid(" because it is not UTF-8");
        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (NamesAreText(document.RootElement))
                return document;
            document.Dispose();
            throw HalfCharacter();
        }
        catch (InvalidOperationException)
        {
            throw HalfCharacter();
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {exception.BytePositionInLine + 1}")
                : "";
            throw Invalid(place);
        }
    }

    private static bool NamesAreText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(property => property.Name is not null && NamesAreText(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(NamesAreText),
        _ => true,
    };

    private static ProblemException HalfCharacter() => Invalid(" because a name holds half of a character (an escaped surrogate without its other half)");

    private static ProblemException Invalid(string why) => new(new(StatusCodes.Status400BadRequest, "invalid_json", $"The body is not valid JSON{why}.")
    {
        Remedy = "Send one JSON object in UTF-8, with every name once and no comments or trailing commas.",
    });

    private static object Convert(JsonProperty property, JsonPropertyInfo target)
    {
        var type = Nullable.GetUnderlyingType(target.PropertyType) ?? target.PropertyType;
        try
        {
            return property.Value.Deserialize(type, GrainJson.Options)!;
        }
        catch (JsonException)
        {
            throw new ProblemException(Problems.InvalidValue(
                property.Name, property.Value.GetRawText(), $"{property.Name} is not {Expected(type)}.", $"Send {Expected(type)}, or leave it out for the default."));
        }
    }

    private static string Expected(Type type) =>
        type == typeof(int) ? "a whole number from -2147483648 to 2147483647"
        : type == typeof(ulong) ? "a whole number from 0"
        : type == typeof(bool) ? "true or false"
        : type == typeof(DateOnly) ? "a date such as \"2026-02-15\""
        : type == typeof(string) ? "a text"
        : "a value of the documented type";

    private static ProblemException Unknown(string name, IEnumerable<JsonPropertyInfo> known) =>
        new(new(StatusCodes.Status400BadRequest, "unknown_field", "The body has a field that this request does not know.")
        {
            Field = name,
            Remedy = $"Remove it or correct its name: {string.Join(", ", known.Select(property => property.Name))}.",
        });

    private static ProblemException TooLarge(int most) =>
        new(new(StatusCodes.Status413PayloadTooLarge, "body_too_large", "The request body is too large.")
        {
            Remedy = $"Send at most {most} bytes.",
        });
}
