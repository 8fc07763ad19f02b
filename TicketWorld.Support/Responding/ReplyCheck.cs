using System.Buffers;
using TicketWorld.Support.Writing;

namespace TicketWorld.Support.Responding;

/// <summary>What a model's draft may not hold, whatever led it there.</summary>
internal static class ReplyCheck
{
    private static readonly SearchValues<string> AddressStarts = SearchValues.Create(["http:", "https:", "www.", "mailto:"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create(" \t\n\"'<>()[]{},;");

    /// <summary>Each as a sentence for the model that names no words of the customer.</summary>
    public static IEnumerable<string> ProblemsOf(ModelReply draft, ModelReplyRequest request)
    {
        if (draft.Citations.Any(id => request.Guidance.All(passage => passage.Id != id)))
            yield return "$.citations may hold ids of the guidance only";
        string[] known = [.. request.Guidance.Select(passage => passage.Text)];
        if (draft.Texts.SelectMany(Addresses).Any(address => !known.Any(text => text.Contains(address, StringComparison.OrdinalIgnoreCase))))
            yield return "the reply names an address of the web that is not in the guidance";
        if (draft.Texts.SelectMany(Mailboxes).Any(box => !known.Any(text => text.Contains(box, StringComparison.OrdinalIgnoreCase)) && !IsOwn(box, request)))
            yield return "the reply names an e-mail address that is neither in the guidance nor the customer's";
        if (draft.Texts.SelectMany(Reply.Traces).FirstOrDefault() is { } trace)
            yield return $"the reply holds \"{trace}\"";
    }

    private static IEnumerable<string> Addresses(string text)
    {
        var at = 0;
        while (at < text.Length && text.AsSpan(at).IndexOfAny(AddressStarts) is >= 0 and var found)
        {
            var start = at + found;
            var length = text.AsSpan(start).IndexOfAny(AddressEnds);
            at = length < 0 ? text.Length : start + length;
            yield return text[start..at].TrimEnd('.', '!', '?', ':');
            at++;
        }
    }

    private static IEnumerable<string> Mailboxes(string text) =>
        text.Split([' ', '\t', '\n', '"', '\'', '<', '>', '(', ')', '[', ']', ',', ';', ':'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimEnd('.', '!', '?'))
            .Where(word => word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < word.Length - 1);

    private static bool IsOwn(string mailbox, ModelReplyRequest request) =>
        string.Equals(request.Text.Sender, mailbox, StringComparison.OrdinalIgnoreCase)
        || request.Fields.Any(field => field.Name == Extraction.FieldNames.AccountEmail && field.Values.Any(value => string.Equals(value.Value, mailbox, StringComparison.OrdinalIgnoreCase)));
}
