using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Grains.Batches;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.Api.Batches;

/// <summary>The files of a batch: listed, and streamed whole, in ranges or compressed.</summary>
internal static class BatchFileEndpoints
{
    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapGet("/{batch_id}/files", List)
            .WithSummary("List the files of a batch")
            .WithDescription("Name, size and SHA-256 of every file; empty until the batch is completed.")
            .Problems(404);
        batches.MapMethods("/{batch_id}/files/{name}", [HttpMethods.Get, HttpMethods.Head], Download)
            .WithSummary("Download a file of a batch")
            .WithDescription("Streams the file. Ranges are answered; with Accept-Encoding: gzip and without a range it is compressed on the way. The ETag is the file's SHA-256.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .Produces<Stream>(StatusCodes.Status206PartialContent, "application/octet-stream")
            .Produces(StatusCodes.Status304NotModified)
            .Problems(400, 404, 409, 416);
    }

    private static async Task<Ok<FileList>> List([FromRoute(Name = "batch_id")] string batchId, IBatchFiles files, CancellationToken cancellationToken)
    {
        BatchEndpoints.CheckId(batchId);
        var found = await files.ListAsync(batchId, cancellationToken) ?? throw new ProblemException(Problems.BatchNotFound(batchId));
        return TypedResults.Ok(new FileList([.. found.Select(file => FileResponse.From(batchId, file))]));
    }

    private static async Task<IResult> Download(
        [FromRoute(Name = "batch_id")] string batchId, string name, HttpContext context, IBatchFiles files, IBatchQueries queries, CancellationToken cancellationToken)
    {
        BatchEndpoints.CheckId(batchId);
        CheckName(name);
        var content = await files.OpenAsync(batchId, name, cancellationToken)
            ?? throw new ProblemException(await WhyMissingAsync(batchId, name, queries, cancellationToken));
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var request = context.Request;
        return StringComparer.Ordinal.Equals(request.Headers.Range.ToString(), "") && AcceptsGzip(request.GetTypedHeaders().AcceptEncoding)
            ? new GzipResult(content)
            : TypedResults.Stream(
                content.Content, content.File.ContentType, entityTag: new EntityTagHeaderValue($"\"{content.File.Sha256}\""), enableRangeProcessing: true);
    }

    /// <summary>File names of a dataset are plain; anything with a path in it is refused before it is looked up.</summary>
    private static void CheckName(string name)
    {
        if (name.Length <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && !name.Contains("..", StringComparison.Ordinal) && name[0] != '.')
            return;
        throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, "invalid_file_name", "This is not the name of a file of a dataset.")
        {
            Field = "name",
            Value = name,
            Remedy = "Use a name from the list of the batch's files, such as support_tickets.jsonl.",
        });
    }

    private static async Task<Problem> WhyMissingAsync(string batchId, string name, IBatchQueries queries, CancellationToken cancellationToken)
    {
        var view = await queries.GetAsync(batchId, cancellationToken);
        if (view is null)
            return Problems.BatchNotFound(batchId);
        if (view.Status != BatchStatus.Completed)
        {
            return new(StatusCodes.Status409Conflict, "batch_not_completed", $"The batch is {view.Status.ToString().ToLowerInvariant()}, and only a completed batch has files.")
            {
                Field = "batch_id",
                Value = batchId,
                Remedy = "Follow the batch's events and ask again when it is completed.",
            };
        }
        return new(StatusCodes.Status404NotFound, "file_not_found", "The batch has no file of this name.")
        {
            Field = "name",
            Value = name,
            Remedy = $"GET {BatchEndpoints.AddressOf(batchId)}/files lists its files.",
        };
    }

    internal static bool AcceptsGzip(IEnumerable<StringWithQualityHeaderValue> accepted) =>
        accepted.Any(value => value.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);

    /// <summary>Compresses while it sends, at the fastest level: the sender is the bottleneck on a loopback connection.</summary>
    private sealed class GzipResult(BatchFileContent content) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var source = content;
            var response = httpContext.Response;
            var tag = $"\"{content.File.Sha256}-gzip\"";
            response.Headers.ETag = tag;
            if (httpContext.Request.Headers.IfNoneMatch == tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            response.ContentType = content.File.ContentType;
            response.Headers.ContentEncoding = "gzip";
            if (HttpMethods.IsHead(httpContext.Request.Method))
                return;
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await content.Content.CopyToAsync(gzip, 128 * 1024, httpContext.RequestAborted);
        }
    }
}

/// <summary>The files of a batch.</summary>
internal sealed record FileList(IReadOnlyList<FileResponse> Items);

/// <summary>One file of a batch.</summary>
internal sealed record FileResponse(string Name, long Size, string Sha256, string ContentType, string Link)
{
    public static FileResponse From(string batchId, BatchFile file) =>
        new(file.Name, file.Size, file.Sha256, file.ContentType, $"{BatchEndpoints.AddressOf(batchId)}/files/{file.Name}");
}
