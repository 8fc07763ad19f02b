using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Keys that an object of a dataset has, in the order of the format.</summary>
[CollectionBuilder(typeof(JsonKeys), nameof(Create))]
internal sealed class JsonKeys : IEnumerable<string>
{
    private readonly string[] _names;
    private readonly byte[][] _utf8;

    private JsonKeys(string[] names)
    {
        _names = names;
        _utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    public int Length => _names.Length;

    public string this[int index] => _names[index];

    public static implicit operator JsonKeys(string[] names) => new(names);

    public static JsonKeys Create(ReadOnlySpan<string> names) => new(names.ToArray());

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];

    /// <summary>The place of a key, or -1.</summary>
    public int Find(string name)
    {
        // Names are mostly literals, of which equal ones are one object.
        for (var i = 0; i < _names.Length; i++)
        {
            if (ReferenceEquals(_names[i], name))
                return i;
        }

        return Array.IndexOf(_names, name);
    }

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
