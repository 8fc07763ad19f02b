using System.Globalization;
using TicketWorld.Api.Errors;

namespace TicketWorld.Api.Requests;

/// <summary>Which part of a list is asked for.</summary>
internal readonly record struct Paging(int Page, int PageSize)
{
    /// <summary>The largest page.</summary>
    public const int MaxPageSize = 100;

    public const int DefaultPageSize = 20;

    /// <summary>The last page that can be asked for.</summary>
    public const int MaxPage = 1_000_000_000;

    /// <summary>Reads <c>page</c> (1) and <c>page_size</c> (20).</summary>
    /// <exception cref="ProblemException">One is not a number of its range.</exception>
    public static Paging From(string? page, string? pageSize) =>
        new(Number("page", page, 1, MaxPage), Number("page_size", pageSize, DefaultPageSize, MaxPageSize));

    /// <summary>Reads <c>page</c> and <c>page_size</c>, or <c>limit</c> (20) and <c>offset</c> (0, a multiple of the limit) in their place.</summary>
    /// <exception cref="ProblemException">One is not a number of its range, or both ways are used at once.</exception>
    public static Paging From(string? page, string? pageSize, string? limit, string? offset)
    {
        if (limit is null && offset is null)
            return From(page, pageSize);
        if (page is not null || pageSize is not null)
            throw new ProblemException(Problems.InvalidValue(limit is null ? "offset" : "limit", limit ?? offset!, "A page is named in two ways at once.", "Send page and page_size, or limit and offset."));
        var size = Number("limit", limit, DefaultPageSize, MaxPageSize);
        var before = Number("offset", offset, 0, MaxPage, least: 0);
        return before % size == 0
            ? new(before / size + 1, size)
            : throw new ProblemException(Problems.InvalidValue("offset", offset, "offset is not a multiple of limit.", $"Send 0, {size}, {2 * size} and so on."));
    }

    private static int Number(string field, string? text, int fallback, int max, int least = 1)
    {
        if (text is null)
            return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= max)
            return value;
        throw new ProblemException(Problems.InvalidValue(field, text, $"{field} is out of range.", $"Send a whole number from {least} to {max}."));
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">What the page holds.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">The most items a page holds.</param>
internal sealed record PageResponse<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize)
{
    /// <summary>How many pages there are.</summary>
    public int Pages => (Total + PageSize - 1) / PageSize;
}
