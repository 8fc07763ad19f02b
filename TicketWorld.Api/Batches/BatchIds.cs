using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Api.Batches;

/// <summary>Gives batches their ids: <c>b-</c> and 20 base-32 characters.</summary>
internal interface IBatchIds
{
    /// <summary>An id that was never given before.</summary>
    string New();
}

/// <summary>Ids from the system's random numbers: 100 bits, so that none repeats.</summary>
internal sealed class RandomBatchIds : IBatchIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 20;
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public string New() => "b-" + RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>
    /// The id that an idempotency key stands for. The same key always means the same batch, also after a crash between
    /// the request and its answer, and no table of keys is needed.
    /// </summary>
    public static string ForKey(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("batches\n" + key));
        return "b-" + string.Concat(hash.Take(Length).Select(value => Alphabet[value & 31]));
    }

    /// <summary>Whether a text can be the id of a batch at all.</summary>
    public static bool IsId(string text) =>
        text.Length == Length + 2 && text.StartsWith("b-", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(Characters) < 0;
}
