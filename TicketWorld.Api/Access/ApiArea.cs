namespace TicketWorld.Api.Access;

/// <summary>The part of the API that an address belongs to, as scopes name it: the word after <c>/api/v1/</c>.</summary>
internal static class ApiArea
{
    private const string Root = "/api/v1/";

    /// <summary>The area in lower case; empty for an address outside of all.</summary>
    public static string Of(string path)
    {
        if (!path.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
            return "";
        var end = path.IndexOf('/', Root.Length);
        return (end < 0 ? path[Root.Length..] : path[Root.Length..end]).ToLowerInvariant();
    }
}
