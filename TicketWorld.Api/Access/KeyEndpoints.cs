using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Access;

/// <summary>Making, listing and revoking API keys.</summary>
internal static class KeyEndpoints
{
    private const string Root = "/api/v1/admin/keys";

    private static readonly string[] ExampleScopes = ["tickets:read", "tickets:write"];

    public static void Map(RouteGroupBuilder all)
    {
        var keys = all.MapGroup(Root).WithTags("API keys").ForCallers(Callers.Admin);
        keys.MapPost("", Create)
            .WithSummary("Make an API key")
            .WithDescription("The key itself is in this answer and nowhere else. role is admin, agent, analyst or customer, which names its customer; scopes narrow it (AREA:read, AREA:write); expires is a date or a time; rate is calls a minute. The first key must be an admin's, and from then on every call needs one.")
            .Accepts<CreateKeyRequest>("application/json")
            .WithExample(new { name = "night shift", role = "agent", scopes = ExampleScopes, expires = "2030-12-31", rate = 120 })
            .Problems(400, 413, 415, 422, 507);
        keys.MapGet("", List)
            .WithSummary("List API keys")
            .WithDescription("The oldest first, also those that are revoked or expired. last_used_at is the hour. Secrets are not known here.")
            .Problems(400, 507);
        keys.MapDelete("/{id}", Revoke)
            .WithSummary("Revoke an API key")
            .WithDescription("For good. Every process of the installation refuses it within seconds. One that is revoked stays as it is.")
            .Problems(404, 507);
    }

    private static async Task<Created<CreatedKeyResponse>> Create(
        HttpRequest request, IApiKeys keys, KeyDirectory directory, TimeProvider time, ILogger<CreateKeyRequest> logger, CancellationToken cancellationToken)
    {
        var asked = (await JsonBody.ReadAsync<CreateKeyRequest>(request)).ToRequest();
        try
        {
            var (key, text) = await keys.MakeAsync(asked, time.GetUtcNow(), cancellationToken);
            directory.Changed(key.Id);
            logger.LogInformation("The key {KeyId} of the role {Role} is made by {Caller}", key.Id, ApiKeyRequest.Word(key.Role), Caller.Of(request.HttpContext).KeyId ?? "this machine");
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return TypedResults.Created($"{Root}/{key.Id}", new CreatedKeyResponse(text.Reveal(), KeyResponse.From(key, time.GetUtcNow())));
        }
        catch (ApiKeyException exception)
        {
            throw new ProblemException(new(StatusCodes.Status422UnprocessableEntity, "invalid_key_request", exception.Message)
            {
                Field = exception.Field,
                Value = exception.Value,
                Remedy = exception.Remedy,
            });
        }
    }

    private static async Task<Ok<PageResponse<KeyResponse>>> List(
        IApiKeys keys, TimeProvider time, CancellationToken cancellationToken, string? page = null, [FromQuery(Name = "page_size")] string? pageSize = null)
    {
        var paging = Paging.From(page, pageSize);
        var now = time.GetUtcNow();
        var found = await keys.ListAsync(cancellationToken);
        return TypedResults.Ok(new PageResponse<KeyResponse>(
            [.. found.Skip((int)Math.Min(int.MaxValue, (paging.Page - 1L) * paging.PageSize)).Take(paging.PageSize).Select(key => KeyResponse.From(key, now))],
            found.Count, paging.Page, paging.PageSize));
    }

    private static async Task<Ok<KeyResponse>> Revoke(
        string id, HttpContext context, IApiKeys keys, KeyDirectory directory, TimeProvider time, ILogger<CreateKeyRequest> logger, CancellationToken cancellationToken)
    {
        var revoked = ApiKeyText.IsPart(id) ? await keys.RevokeAsync(id, time.GetUtcNow(), cancellationToken) : null;
        if (revoked is null)
        {
            // Who sends a whole key by mistake does not find it repeated.
            throw new ProblemException(new(StatusCodes.Status404NotFound, "key_not_found", "There is no API key of this id.")
            {
                Field = "id",
                Value = ApiKeyText.IsPart(id) ? id : null,
                Remedy = $"GET {Root} lists the keys. The id is the middle part of a key.",
            });
        }
        directory.Changed(id);
        logger.LogInformation("The key {KeyId} is revoked by {Caller}", id, Caller.Of(context).KeyId ?? "this machine");
        return TypedResults.Ok(KeyResponse.From(revoked, time.GetUtcNow()));
    }
}
