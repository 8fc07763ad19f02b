using System.Buffers;
using System.Text;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Cuts a stream of JSON into the elements of its arrays without holding more than one: either one array at the top, or an object whose
/// members are arrays. It looks at brackets, strings and commas only; what stands in an element is for its reader to judge.
/// </summary>
internal sealed class JsonElementScanner : IDisposable
{
    /// <summary>A longer element is taken for damage, such as a string that never ends.</summary>
    public const int LongestElement = 8 << 20;

    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\"u8);

    private readonly Stream _stream;
    private const string VersionName = "schema_version";
    private readonly bool _hasSections;
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private bool _atEnd;
    private State _state = State.Before;

    public JsonElementScanner(Stream stream, bool hasSections)
    {
        _stream = stream;
        _hasSections = hasSections;
    }

    private enum State
    {
        Before,
        Member,
        FirstElement,
        NextElement,
        AfterArray,
        Done,
    }

    /// <summary>Name of the member whose array holds the element; empty without sections.</summary>
    public string Section { get; private set; } = "";

    /// <summary>Bytes of the element; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Element { get; private set; }

    /// <summary>The member beside the sections that is no array, as it is written; null when there is none.</summary>
    public string? Version { get; private set; }

    /// <summary>Why the scan ended early, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Moves to the next element.</summary>
    /// <param name="likely">An object that may well be the next element; where its bytes come next, they are not looked into.</param>
    public bool Next(ReadOnlySpan<byte> likely = default)
    {
        while (_state != State.Done)
        {
            switch (_state)
            {
                case State.Before:
                    if (!Expect(_hasSections ? (byte)'{' : (byte)'['))
                        return false;
                    _state = _hasSections ? State.Member : State.FirstElement;
                    break;
                case State.Member:
                    if (!ReadMember())
                        return false;
                    break;
                case State.FirstElement when Peek() == ']':
                case State.NextElement when Peek() == ']':
                    _start++;
                    _state = State.AfterArray;
                    break;
                case State.NextElement:
                    if (!Expect((byte)','))
                        return false;
                    return ReadElement(likely);
                case State.FirstElement:
                    return ReadElement(likely);
                case State.AfterArray:
                    if (_hasSections && Peek() == ',')
                    {
                        _start++;
                        _state = State.Member;
                        break;
                    }

                    if (_hasSections && !Expect((byte)'}'))
                        return false;
                    if (Peek() >= 0)
                        return Fail("there is text behind the end");
                    _state = State.Done;
                    break;
            }
        }

        return false;
    }

    public void Dispose() => _stream.Dispose();

    private bool ReadMember()
    {
        if (Peek() != '"' || !Complete(out var length))
            return Fail("a member's name is expected");
        var name = Encoding.UTF8.GetString(_buffer, _start + 1, length - 2);
        _start += length;
        if (!Expect((byte)':'))
            return false;
        if (name != VersionName || Peek() == '[')
        {
            Section = name;
            _state = State.FirstElement;
            return Expect((byte)'[');
        }

        if (Version is not null || !Complete(out length))
            return Fail($"{VersionName} stands twice, or is no value");
        Version = Encoding.UTF8.GetString(_buffer, _start, length);
        _start += length;
        _state = State.AfterArray;
        return true;
    }

    private bool ReadElement(ReadOnlySpan<byte> likely)
    {
        if (Peek() < 0)
            return Fail("the file ends within an array");
        if (!Follows(likely, out var length) && !Complete(out length))
            return Fail(_atEnd ? "the file ends within an element" : $"an element is longer than {LongestElement} bytes");
        Element = _buffer.AsMemory(_start, length);
        _start += length;
        _state = State.NextElement;
        return true;
    }

    /// <summary>Whether these bytes come next, and behind them what ends an element.</summary>
    private bool Follows(ReadOnlySpan<byte> likely, out int length)
    {
        length = likely.Length;
        if (length < 2 || likely[0] != '{' || likely[^1] != '}')
            return false;
        while (_end - _start <= length)
        {
            if (!Fill())
                return false;
        }

        var rest = _buffer.AsSpan(_start, _end - _start);
        return (rest[length] is (byte)',' or (byte)']' || IsSpace(rest[length])) && rest[..length].SequenceEqual(likely);
    }

    /// <summary>Finds the length of the value at the start, reading on as needed.</summary>
    private bool Complete(out int length)
    {
        var position = 0;
        var depth = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + position, _end - _start - position);
            if (rest.IsEmpty)
            {
                if (!Fill())
                {
                    length = position;
                    return false;
                }

                continue;
            }

            var first = rest[0];
            if (first == '"')
            {
                if (!EndOfString(ref position))
                {
                    length = position;
                    return false;
                }
            }
            else if (first is (byte)'{' or (byte)'[')
            {
                depth++;
                position++;
            }
            else if (first is (byte)'}' or (byte)']')
            {
                if (depth == 0)
                {
                    length = position;
                    return position > 0;
                }

                depth--;
                position++;
            }
            else if (depth == 0)
            {
                if (first == ',' || IsSpace(first))
                {
                    length = position;
                    return position > 0;
                }

                position++;
                continue;
            }
            else
            {
                var next = rest.IndexOfAny(Structural);
                position += next < 0 ? rest.Length : next;
                continue;
            }

            if (depth == 0)
            {
                length = position;
                return true;
            }
        }
    }

    private bool EndOfString(ref int position)
    {
        position++;
        while (true)
        {
            var at = _start + position;
            var next = _buffer.AsSpan(at, _end - at).IndexOfAny(StringEnd);
            if (next >= 0 && _buffer[at + next] == '"')
            {
                position += next + 1;
                return true;
            }

            if (next >= 0 && at + next + 1 < _end)
            {
                position += next + 2;
                continue;
            }

            if (!Fill())
                return false;
        }
    }

    private bool Expect(byte wanted)
    {
        var found = Peek();
        if (found != wanted)
            return Fail(found < 0 ? $"the file ends where '{(char)wanted}' is expected" : $"'{(char)found}' stands where '{(char)wanted}' is expected");
        _start++;
        return true;
    }

    /// <summary>The next byte that is not white space, or -1 at the end.</summary>
    private int Peek()
    {
        while (true)
        {
            while (_start < _end && IsSpace(_buffer[_start]))
                _start++;
            if (_start < _end)
                return _buffer[_start];
            if (!Fill())
                return -1;
        }
    }

    /// <summary>Reads more behind what is there; false at the end of the stream, or when one element fills the largest buffer.</summary>
    private bool Fill()
    {
        if (_atEnd)
            return false;
        if (_end == _buffer.Length)
        {
            var kept = _end - _start;
            if (kept >= LongestElement)
                return false;
            var room = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(room);
            (_buffer, _start, _end) = (room, 0, kept);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
        return read > 0;
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        _state = State.Done;
        return false;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
