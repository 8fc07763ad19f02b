using System.Globalization;
using TicketWorld.Worlds.Quantities;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TicketWorld.Worlds.Packs;

/// <summary>A node of a pack's YAML that knows its file and line, so that every complaint can name them.</summary>
internal sealed class PackNode
{
    private readonly List<KeyValuePair<string, PackNode>>? _entries;
    private readonly List<PackNode>? _items;
    private readonly string? _scalar;

    private PackNode(Origin origin, int line, string? scalar, List<PackNode>? items, List<KeyValuePair<string, PackNode>>? entries)
    {
        (File, Complaints) = origin;
        Line = line;
        _scalar = scalar;
        _items = items;
        _entries = entries;
    }

    public string File { get; }

    /// <summary>Where the node stands, 1-based: of a list or mapping below its key, the key's line.</summary>
    public int Line { get; }

    /// <summary>Where complaints about the file are collected; null where the first one ends the reading.</summary>
    public PackComplaints? Complaints { get; }

    public bool IsScalar => _scalar is not null;

    public bool IsList => _items is not null;

    public bool IsMap => _entries is not null;

    /// <param name="complaints">Collects complaints about what the nodes hold; null to throw the first.</param>
    public static PackNode Parse(string file, TextReader reader, PackComplaints? complaints = null)
    {
        var parser = new Parser(reader);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                throw new PackException(file, 1, "The file is empty.", "Write the sections that its schema names.");
            parser.Consume<DocumentStart>();
            return Read(new Origin(file, complaints), parser);
        }
        catch (YamlException e)
        {
            throw new PackException(file, (int)e.Start.Line, $"This is not valid YAML: {e.Message}", "Correct the line; indentation is two spaces.");
        }
        catch (InvalidOperationException)
        {
            // The library's parser loses its place where a list or a mapping in brackets is not closed, and says it so.
            throw new PackException(file, (int)(parser.Current?.End.Line ?? 1), "This is not valid YAML; a list or a mapping in brackets may not be closed.", "Close every '[' and '{' with its own bracket.");
        }
    }

    public PackException Error(string problem, string remedy) => new(File, Line, problem, remedy);

    public IReadOnlyList<PackNode> Items => _items ?? throw Error($"A list is expected here, this is {Kind}.", "Write '- ' items or [a, b].");

    public IReadOnlyList<KeyValuePair<string, PackNode>> Entries => _entries ?? throw Error($"A mapping is expected here, this is {Kind}.", "Write 'key: value' lines.");

    public string Text => _scalar ?? throw Error($"A single value is expected here, this is {Kind}.", "Write one value.");

    public PackNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
                return entry.Value;
        }

        return null;
    }

    public PackNode this[string key] => Find(key) ?? throw Error($"The key '{key}' is missing.", $"Add '{key}:'.");

    /// <summary>Refuses keys that the schema does not know, so that a typing error cannot silently do nothing.</summary>
    public void Only(params ReadOnlySpan<string> keys)
    {
        foreach (var entry in Entries)
        {
            if (!keys.Contains(entry.Key))
                Complaints.Note(entry.Value.Error($"The key '{entry.Key}' is unknown here.", $"Use one of: {string.Join(", ", keys.ToArray())}."));
        }
    }

    /// <summary>Reads each item. Where complaints are collected, an item that cannot be read is noted, and left out or replaced.</summary>
    /// <param name="read">Reads the item with its index.</param>
    /// <param name="instead">Stands in for an item that cannot be read; null to leave it out.</param>
    public List<T> Each<T>(Func<PackNode, int, T> read, Func<PackNode, int, T>? instead = null)
    {
        var results = new List<T>(Items.Count);
        foreach (var item in Items)
        {
            if (!Complaints.Try(() => results.Add(read(item, results.Count))) && instead is not null)
                results.Add(instead(item, results.Count));
        }

        return results;
    }

    public int Integer(int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (!int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < minimum || value > maximum)
            throw Error($"'{Text}' is not a whole number{Range(minimum, maximum)}.", "Write a number in the range.");
        return value;
    }

    public bool Boolean() => Text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Error($"'{Text}' is neither true nor false.", "Write true or false."),
    };

    public Money Money() => Quantities.Money.TryParse(Text, out var value)
        ? value
        : throw Error($"'{Text}' is not an amount with at most two decimals.", "Write for example 499.99.");

    public DateOnly Date() => DateOnly.TryParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw Error($"'{Text}' is not a date.", "Write for example 2026-02-15.");

    public string[] Texts() => IsScalar ? [Text] : [.. Items.Select(i => i.Text)];

    /// <summary>Every single value at or below the node.</summary>
    public IEnumerable<PackNode> Values()
    {
        if (IsScalar)
            return [this];
        return (_items ?? _entries!.Select(e => e.Value)).SelectMany(n => n.Values());
    }

    private string Kind => IsList ? "a list" : IsMap ? "a mapping" : "a single value";

    private static string Range(int minimum, int maximum) => (minimum, maximum) switch
    {
        (int.MinValue, int.MaxValue) => "",
        (_, int.MaxValue) => $" of at least {minimum}",
        (int.MinValue, _) => $" of at most {maximum}",
        _ => $" from {minimum} to {maximum}",
    };

    /// <param name="key">Line of the key whose value is read; null for what has none.</param>
    private static PackNode Read(Origin origin, IParser parser, int? key = null)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return new PackNode(origin, (int)scalar.Start.Line, scalar.Value, null, null);

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<PackNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(origin, parser));
            return new PackNode(origin, key ?? (int)sequence.Start.Line, null, items, null);
        }

        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            var entries = new List<KeyValuePair<string, PackNode>>();
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var name = parser.Consume<Scalar>();
                if (!keys.Add(name.Value))
                    throw new PackException(origin.File, (int)name.Start.Line, $"The key '{name.Value}' stands twice.", "Remove one of them.");
                entries.Add(new(name.Value, Read(origin, parser, (int)name.Start.Line)));
            }

            return new PackNode(origin, key ?? (int)mapping.Start.Line, null, null, entries);
        }

        var odd = parser.Current;
        throw new PackException(origin.File, (int)(odd?.Start.Line ?? 0), "Anchors, aliases and tags are not used in packs.", "Write the value out.");
    }

    private readonly record struct Origin(string File, PackComplaints? Complaints);
}
