namespace TicketWorld.Worlds.Messages;

/// <summary>Characters that a message is written into; grows as needed and is used again. For one thread.</summary>
public sealed class MessageBuffer
{
    private char[] _characters = new char[2048];
    private int _start;

    /// <summary>Number of characters written since <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<char> Written => _characters.AsSpan(0, Length);

    public void Clear() => Length = _start = 0;

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void Append(char c)
    {
        Room(1)[0] = c;
        Length++;
    }

    public override string ToString() => new(_characters, 0, Length);

    /// <summary>From here on starts a text of its own, with its own first sentence.</summary>
    internal void Begin() => _start = Length;

    internal bool IsAtStart => Length == _start;

    internal char Last => Length > _start ? _characters[Length - 1] : '\0';

    internal Span<char> Room(int characters)
    {
        if (Length + characters > _characters.Length)
            Array.Resize(ref _characters, Math.Max(_characters.Length * 2, Length + characters));
        return _characters.AsSpan(Length);
    }

    internal Span<char> From(int start) => _characters.AsSpan(start, Length - start);

    internal void Shorten(int characters) => Length -= characters;

    internal void TrimEnd()
    {
        while (Length > _start && _characters[Length - 1] is ' ' or '\n')
            Length--;
    }

    internal void TrimSpaces()
    {
        while (Length > _start && _characters[Length - 1] == ' ')
            Length--;
    }

    /// <summary>Takes back a line that holds nothing but the sign of a list.</summary>
    internal void DropBullet()
    {
        while (Length - 2 > _start && _characters[Length - 1] is '-' or '*' && _characters[Length - 2] == '\n')
        {
            Length -= 2;
            TrimSpaces();
        }
    }

    /// <summary>Whether what stands before the end, or before a place, ends with a comma and a space.</summary>
    internal bool IsAfterComma(int at = -1)
    {
        var end = at < 0 ? Length : at;
        return end - 2 >= _start && _characters[end - 1] == ' ' && _characters[end - 2] == ',';
    }

    /// <summary>Whether the next letter begins a sentence.</summary>
    internal bool IsAtSentence()
    {
        if (Length == _start || _characters[Length - 1] == '\n')
            return true;
        return _characters[Length - 1] == ' ' && Length - 1 > _start && _characters[Length - 2] is '.' or '!' or '?';
    }
}
