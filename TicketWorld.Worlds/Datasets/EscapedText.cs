using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace TicketWorld.Worlds.Datasets;

/// <summary>The inside of a JSON string: UTF-8, escaped as the encoder of <see cref="Json.Options"/> escapes.</summary>
internal static class EscapedText
{
    /// <summary>Most bytes that one character becomes: <c>\u001F</c>.</summary>
    private const int MostBytes = 6;
    private const ushort FirstPlain = ' ';
    private const ushort LastPlain = '~';

    /// <summary>Room that a text may need; plain text is stored in blocks that reach beyond its end.</summary>
    public static int RoomFor(int characters) => characters * MostBytes + Vector256<byte>.Count;

    /// <param name="room">At least <see cref="RoomFor"/> the text.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> room)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room.Length, RoomFor(text.Length), nameof(room));
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var target = ref MemoryMarshal.GetReference(room);
        var read = 0;
        var written = 0;
        while (read < text.Length)
        {
            var left = text.Length - read;
            if (left >= Vector256<ushort>.Count)
            {
                var block = Vector256.LoadUnsafe(ref source, (nuint)read);
                var odd = Vector256.GreaterThan(block - Vector256.Create(FirstPlain), Vector256.Create((ushort)(LastPlain - FirstPlain)))
                    | Vector256.Equals(block, Vector256.Create((ushort)'"')) | Vector256.Equals(block, Vector256.Create((ushort)'\\'));
                Vector128.Narrow(block.GetLower(), block.GetUpper()).StoreUnsafe(ref target, (nuint)written);
                if (odd == Vector256<ushort>.Zero)
                {
                    read += Vector256<ushort>.Count;
                    written += Vector256<ushort>.Count;
                    continue;
                }

                var plain = BitOperations.TrailingZeroCount(odd.ExtractMostSignificantBits());
                read += plain;
                written += plain;
            }
            else if (left >= Vector128<ushort>.Count)
            {
                var block = Vector128.LoadUnsafe(ref source, (nuint)read);
                var odd = Vector128.GreaterThan(block - Vector128.Create(FirstPlain), Vector128.Create((ushort)(LastPlain - FirstPlain)))
                    | Vector128.Equals(block, Vector128.Create((ushort)'"')) | Vector128.Equals(block, Vector128.Create((ushort)'\\'));
                Vector128.Narrow(block, block).StoreUnsafe(ref target, (nuint)written);
                if (odd == Vector128<ushort>.Zero)
                {
                    read += Vector128<ushort>.Count;
                    written += Vector128<ushort>.Count;
                    continue;
                }

                var plain = BitOperations.TrailingZeroCount(odd.ExtractMostSignificantBits());
                read += plain;
                written += plain;
            }
            else if (IsPlain(text[read]))
            {
                room[written++] = (byte)text[read++];
                continue;
            }

            written += WriteOdd(text[read..], room[written..], out var consumed);
            read += consumed;
        }

        return written;
    }

    private static bool IsPlain(char c) => c is >= (char)FirstPlain and <= (char)LastPlain and not ('"' or '\\');

    /// <summary>Writes the run of characters at the start that are not plain, or the first of it.</summary>
    private static int WriteOdd(ReadOnlySpan<char> text, Span<byte> room, out int consumed)
    {
        consumed = 1;
        var sign = text[0] switch
        {
            '\n' => (byte)'n',
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            _ => default,
        };
        if (sign == default)
            return WriteForeign(text, room, out consumed);
        room[0] = (byte)'\\';
        room[1] = sign;
        return 2;
    }

    /// <summary>What is neither ASCII nor has a short escape is left to the encoder, a run at a time.</summary>
    private static int WriteForeign(ReadOnlySpan<char> text, Span<byte> room, out int consumed)
    {
        // Pound sign and Latin letters need no escape.
        if (text[0] is '£' or (>= 'À' and <= 'ÿ'))
        {
            consumed = 1;
            room[0] = (byte)(0xC0 | text[0] >> 6);
            room[1] = (byte)(0x80 | text[0] & 0x3F);
            return 2;
        }

        consumed = 1;
        while (consumed < text.Length && !IsPlain(text[consumed]))
            consumed++;
        return Encoding.UTF8.GetBytes(Json.Options.Encoder!.Encode(text[..consumed].ToString()), room);
    }
}
