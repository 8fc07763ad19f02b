using TicketWorld.Api.Errors;

namespace TicketWorld.Api.Requests;

/// <summary>A text in the query of an address that something is compared with.</summary>
internal static class QueryText
{
    /// <summary>The most characters.</summary>
    public const int Longest = 320;

    /// <summary>The text, or null when it was not given.</summary>
    /// <exception cref="ProblemException">It is empty, too long or holds control characters.</exception>
    public static string? Of(string field, string? text)
    {
        if (text is null)
            return null;
        if (text.Length is > 0 and <= Longest && !text.Any(char.IsControl))
            return text;
        throw new ProblemException(Problems.InvalidValue(field, text, $"{field} is empty, too long or holds control characters.", $"Send 1 to {Longest} characters, or leave it out."));
    }
}
