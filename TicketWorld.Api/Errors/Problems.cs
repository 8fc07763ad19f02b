using TicketWorld.Grains;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Api.Errors;

/// <summary>The problems that this API answers, each with its stable code.</summary>
internal static class Problems
{
    public static Problem InvalidValue(string field, string? value, string detail, string remedy) =>
        new(StatusCodes.Status400BadRequest, "invalid_value", detail) { Field = field, Value = value, Remedy = remedy };

    public static Problem Validation(IReadOnlyList<FieldFault> faults) =>
        new(StatusCodes.Status422UnprocessableEntity, "validation_error", "Validation error")
        {
            Field = faults[0].Field,
            Value = faults[0].Value,
            Errors = faults,
            Remedy = "Correct the fields that errors lists; /docs shows what each takes.",
        };

    public static Problem IdempotencyKeyReused(string key) =>
        new(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used before for another ticket.")
        {
            Field = Requests.IdempotencyKey.Header,
            Value = key,
            Remedy = "Use a new key for a new ticket, or repeat the first request as it was.",
        };

    public static Problem ForeignCustomer(string? customer) =>
        new(StatusCodes.Status403Forbidden, "foreign_customer", "The key is of another customer, or of one who cannot send tickets.")
        {
            Field = "ticket.customer_id",
            Value = customer,
            Remedy = "Leave customer_id out, and use a key that was made with --customer desk.CUSTOMER.",
        };

    public static Problem RunGoesOn(string address) =>
        new(StatusCodes.Status503ServiceUnavailable, "busy", "The ticket is accepted, and the work on it did not end within the time limit. It goes on.")
        {
            Remedy = $"Read the result later: GET {address}.",
        };

    public static Problem BatchNotFound(string batchId) =>
        new(StatusCodes.Status404NotFound, "batch_not_found", "There is no batch of this id.")
        {
            Field = "batch_id",
            Value = batchId,
            Remedy = "GET /api/v1/batches lists the batches.",
        };

    public static Problem TicketNotFound(string field, string ticketId, string remedy) =>
        new(StatusCodes.Status404NotFound, "ticket_not_found", "There is no ticket of this id.") { Field = field, Value = ticketId, Remedy = remedy };

    public static Problem CustomerNotFound(string id) =>
        new(StatusCodes.Status404NotFound, "customer_not_found", "There is no customer of this id who has opened tickets.")
        {
            Field = "id",
            Value = id,
            Remedy = "GET /api/v1/customers lists the customers; a customer appears when one of their tickets is opened.",
        };

    public static Problem From(WorldException exception) =>
        new(StatusCodes.Status422UnprocessableEntity, exception.Code, exception.Message)
        {
            Field = exception.Field,
            Value = exception.Value,
            Remedy = exception.Remedy,
        };

    public static Problem From(GrainCallException exception) => exception.Code switch
    {
        "not_found" => new(StatusCodes.Status404NotFound, exception.Code, exception.Message)
        {
            Remedy = "Check the id; lists show what exists.",
        },
        "invalid_transition" or "run_exists" => new(StatusCodes.Status409Conflict, exception.Code, exception.Message)
        {
            Remedy = "Read the current state and ask for a change that it allows.",
        },
        GrainCallException.TimedOut => new(StatusCodes.Status503ServiceUnavailable, "busy", "The work did not end within the time limit. It is accepted and goes on.")
        {
            Remedy = "Repeat the request with the same Idempotency-Key, or read the result later.",
        },
        GrainCallException.Parked or GrainCallException.Discarded or GrainCallException.AwaitInTurn
            or GrainCallException.BadMessage => Internal(),
        _ => new(StatusCodes.Status422UnprocessableEntity, exception.Code, exception.Message)
        {
            Remedy = "Correct the request as the detail says.",
        },
    };

    public static Problem Store(GrainStoreException exception) =>
        new(StatusCodes.Status507InsufficientStorage, "store_unavailable", exception.Message)
        {
            Remedy = "Nothing of this request was kept. Make room in the data folder or repair it, then repeat the request.",
        };

    public static Problem Internal() =>
        new(StatusCodes.Status500InternalServerError, "internal_error", "The request failed because of a defect in this program.")
        {
            Remedy = "Report it with the correlation id; the log has the details under it.",
        };

    public static Problem ForStatus(int status, HttpContext context) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "unknown_path", "There is nothing at this address.")
        {
            Field = "path",
            Value = context.Request.Path,
            Remedy = "See /docs for the addresses of this API.",
        },
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "This address does not take this method.")
        {
            Field = "method",
            Value = context.Request.Method,
            Remedy = $"Use {context.Response.Headers.Allow}.",
        },
        StatusCodes.Status408RequestTimeout => new(status, "request_timeout", "The request came in too slowly.")
        {
            Remedy = "Send it again, faster; docs/configuration.md states the limits.",
        },
        StatusCodes.Status413PayloadTooLarge => new(status, "body_too_large", "The request body is too large.")
        {
            Remedy = "Send a smaller body; /docs states the limit.",
        },
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupported_media_type", "The content type is not supported.")
        {
            Field = "Content-Type",
            Value = context.Request.ContentType,
            Remedy = "Send application/json.",
        },
        _ => new(status, status < 500 ? "bad_request" : "internal_error", "The request could not be handled.")
        {
            Remedy = "See /docs for what this API takes.",
        },
    };
}
