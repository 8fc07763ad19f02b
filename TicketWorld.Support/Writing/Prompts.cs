using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Support.Writing;

/// <summary>The prompts, and the wordings that no text may hold: data that the program carries.</summary>
internal static class Prompts
{
    public static readonly string Message = Read("message");
    public static readonly string Reasoning = Read("reasoning");
    public static readonly string Refused = Read("refused");
    public static readonly string Malformed = Read("malformed");

    /// <summary>Of the desk: how an answer looks, what is said about one that does not, and what the steps are to do.</summary>
    public static readonly string AnswerForm = Read("answer_form");
    public static readonly string Repair = Read("repair");
    public static readonly string Analysis = Read("analysis");
    public static readonly string Extraction = Read("extraction");
    public static readonly string CustomerReply = Read("reply");

    /// <summary>Traces of prompts, refusals and instructions, in lower case.</summary>
    public static readonly string[] Forbidden = Read("forbidden").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>SHA-256 of those that write the texts of sets, in lower-case hexadecimal.</summary>
    public static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', [Message, Reasoning, Refused, Malformed, .. Forbidden]))));

    private static string Read(string name)
    {
        using var stream = typeof(Prompts).Assembly.GetManifestResourceStream($"prompts/{name}.md")
            ?? throw new InvalidOperationException($"The prompt {name} is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }
}
