using System.Runtime.CompilerServices;
using System.Text;

namespace TicketWorld.Worlds.Policy;

/// <summary>The snake_case name of an enumeration's value, as files and interfaces write it.</summary>
public static class Snake
{
    private static class Cache<T>
        where T : struct, Enum
    {
        /// <summary>By the value of the enumeration, which counts from 0.</summary>
        public static readonly string[] Names = Array.ConvertAll(Enum.GetValues<T>(), v => Write(v.ToString()));
    }

    public static string Name<T>(T value)
        where T : struct, Enum
        => Cache<T>.Names[Unsafe.SizeOf<T>() == sizeof(byte) ? Unsafe.BitCast<T, byte>(value) : Unsafe.BitCast<T, int>(value)];

    private static string Write(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
