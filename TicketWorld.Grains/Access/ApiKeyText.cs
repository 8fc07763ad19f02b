using System.Security.Cryptography;

namespace TicketWorld.Grains.Access;

/// <summary>A key as its holder sends it: <c>tw_ID_SECRET</c>. It is in no log, and it is kept nowhere but with its holder.</summary>
/// <param name="Id">10 letters and digits that name the key.</param>
/// <param name="Secret">40 letters and digits: 200 random bits.</param>
public readonly record struct ApiKeyText(string Id, string Secret)
{
    private const string Prefix = "tw_";

    /// <summary>32 letters and digits, five bits each, without those that are taken for one another.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz023456789";

    private const int IdLength = 10;
    private const int SecretLength = 40;
    private const int LongestPart = 64;

    /// <summary>A new key.</summary>
    public static ApiKeyText New() => new(RandomNumberGenerator.GetString(Alphabet, IdLength), RandomNumberGenerator.GetString(Alphabet, SecretLength));

    /// <summary>A new key of a name that is chosen; for keys that are never stored.</summary>
    public static ApiKeyText Named(string id) => New() with { Id = id };

    /// <summary>Reads a key; null when the text cannot be one.</summary>
    public static ApiKeyText? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.IndexOf('_', Prefix.Length) is not (> 0 and var end))
            return null;
        var (id, secret) = (text[Prefix.Length..end], text[(end + 1)..]);
        return IsPart(id) && IsPart(secret) ? new(id, secret) : null;
    }

    /// <summary>Whether the text may be the id of a key.</summary>
    public static bool IsPart(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= LongestPart && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
    }

    /// <summary>The whole key, to be shown once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>The name alone, so that a key that is printed by mistake is not given away.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
