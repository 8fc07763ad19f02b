namespace TicketWorld.Support.Extraction;

/// <summary>The values found in a message, by field, each once.</summary>
internal sealed class FoundValues(FieldForms forms)
{
    private readonly List<FieldValue>?[] _values = new List<FieldValue>?[FieldNames.All.Count];

    public void Add(Candidate candidate, string part, string text, ExtractionRules rules)
    {
        var index = Index(candidate.Field);
        var span = text.AsSpan(candidate.Start, candidate.End - candidate.Start);
        var list = _values[index] ??= [];
        foreach (var known in list)
        {
            if (span.SequenceEqual(known.Span.Text))
                return;
        }

        var value = FieldForms.Normalise(candidate.Field, span);
        var money = candidate.Currency > 0 ? rules.Currencies[candidate.Currency - 1] : null;
        var currency = money?.Said;
        if (money is { Minor: true } && decimal.TryParse(value, out var hundredths))
            value = (hundredths / 100).ToString("0.00");
        foreach (var known in list)
        {
            if (known.Value == value && (currency is null || known.Currency is null || known.Currency == currency))
                return;
        }

        var confidence = forms.Confidence(candidate.Field, FieldNames.All[index], value, candidate.Evidence);
        list.Add(new(value, confidence, new(part, candidate.Start, span.ToString()), currency));
    }

    public void AddPriorityKeyword(SourceSpan span)
    {
        const double Confidence = 0.9;
        var list = _values[^1] ??= [];
        if (!list.Exists(known => string.Equals(known.Value, span.Text, StringComparison.OrdinalIgnoreCase)))
            list.Add(new(span.Text.ToLowerInvariant(), Confidence, span));
    }

    public IReadOnlyList<ExtractedField> Fields()
    {
        List<ExtractedField> fields = [];
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] is { Count: > 0 } values)
                fields.Add(new(FieldNames.All[i], values));
        }

        return fields;
    }

    private static int Index(Field field) => (int)field;
}
