using System.Diagnostics.CodeAnalysis;

namespace TicketWorld.Worlds.Generation;

/// <summary>Writes a short text without intermediate strings.</summary>
internal ref struct SpanText(Span<char> space)
{
    private readonly Span<char> _space = space;
    private int _length;

    [UnscopedRef]
    public ref SpanText Add(ReadOnlySpan<char> text)
    {
        text.CopyTo(_space[_length..]);
        _length += text.Length;
        return ref this;
    }

    [UnscopedRef]
    public ref SpanText Add(char c)
    {
        _space[_length++] = c;
        return ref this;
    }

    [UnscopedRef]
    public ref SpanText Add(int number)
    {
        number.TryFormat(_space[_length..], out var written);
        _length += written;
        return ref this;
    }

    [UnscopedRef]
    public ref SpanText AddTwoDigits(int number) => ref Add((char)('0' + number / 10)).Add((char)('0' + number % 10));

    public override readonly string ToString() => new(_space[.._length]);
}
