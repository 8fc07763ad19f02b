using System.Buffers;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Reads a message by its cues: one or two requests, the claims, order number, products, amounts, and what it
/// says of the day of the order. What a message quotes of earlier ones it leaves aside. It knows neither who wrote nor what the answer is. Immutable: one instance serves any number of threads.
/// </summary>
public sealed class MessageReader
{
    private const int Timings = 1 << 24;
    private const int Marker = 2 << 24;
    private const int Products = 3 << 24;
    private const int Months = 4 << 24;

    private readonly PolicyDocument _policy;
    private readonly Vocabulary _vocabulary;
    private readonly Product?[] _products;
    private readonly PhraseTable _phrases;
    private readonly QuotedText _quoted;
    private readonly int _request;
    private readonly string _currency;
    private readonly int[] _requestOfSymbol;

    public MessageReader(PolicyDocument policy, Vocabulary vocabulary, RecordBook book)
    {
        _policy = policy;
        _vocabulary = vocabulary;
        _currency = vocabulary.CurrencySymbol;
        _request = policy.FactsByName["request"].Index;
        _requestOfSymbol = new int[policy.Symbols.Length];
        Array.Fill(_requestOfSymbol, -1);
        for (var i = 0; i < policy.Requests.Length; i++)
            _requestOfSymbol[policy.Requests[i].Symbol] = i;

        var phrases = new List<KeyValuePair<string, int>>();
        phrases.AddRange(vocabulary.Cues.Select((cue, i) => KeyValuePair.Create(cue.Text, i)));
        phrases.AddRange(vocabulary.Timing.Select((cue, i) => KeyValuePair.Create(cue.Text, Timings | i)));
        phrases.AddRange(vocabulary.TargetMarkers.Select(marker => KeyValuePair.Create(marker, Marker)));
        phrases.AddRange(vocabulary.Months.SelectMany((names, i) => names.Select(name => KeyValuePair.Create(name, Months | (i + 1)))));
        _quoted = new QuotedText(vocabulary);

        // A name that two products share names neither; null stands for it.
        var byName = book.Products.GroupBy(p => p.Name.ToLowerInvariant(), StringComparer.Ordinal).ToArray();
        _products = [.. byName.Select(g => g.Count() == 1 ? g.First() : null)];
        phrases.AddRange(byName.Select((g, i) => KeyValuePair.Create(g.Key, Products | i)));
        _phrases = new PhraseTable(phrases);
    }

    /// <summary>Reads the subject and the body.</summary>
    public Reading Read(Message message) => Read(message.Subject, message.Body, DateOnly.FromDateTime(message.Timestamp));

    /// <inheritdoc cref="Read(Message)"/>
    /// <param name="today">Day of the message, from which dates count.</param>
    public Reading Read(ReadOnlySpan<char> subject, ReadOnlySpan<char> body, DateOnly today)
    {
        var reading = new Reading(_policy.Facts.Length);

        // No phrase holds a line break, so the two parts may be read one after the other.
        Read(subject, reading, today);
        Read(body, reading, today);
        return reading;
    }

    /// <summary>Whether a phrase (a person's full name) stands in the text, without regard to case, at word boundaries.</summary>
    public static bool Mentions(ReadOnlySpan<char> text, ReadOnlySpan<char> phrase)
    {
        for (var from = 0; phrase.Length > 0 && from + phrase.Length <= text.Length;)
        {
            var at = text[from..].IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;
            at += from;
            if (PhraseTrie.IsBoundary(text, at) && PhraseTrie.IsBoundary(text, at + phrase.Length))
                return true;
            from = at + 1;
        }

        return false;
    }

    private void Read(ReadOnlySpan<char> text, Reading reading, DateOnly today)
    {
        char[]? rented = null;
        var lower = text.Length <= 2048 ? stackalloc char[text.Length] : (rented = ArrayPool<char>.Shared.Rent(text.Length)).AsSpan(0, text.Length);
        text.ToLowerInvariant(lower);
        var length = _quoted.Blank(lower, out var quotedNumber);
        reading.HasThread |= length >= 0;
        Scan(text, length < 0 ? lower : lower[..length], reading, today);
        if (quotedNumber is { } range)
            reading.OrderNumber ??= text[range].ToString();
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }

    private void Scan(ReadOnlySpan<char> text, ReadOnlySpan<char> lower, Reading reading, DateOnly today)
    {
        var markerEnd = -1;
        var dateEnd = 0;
        for (var i = 0; i < lower.Length;)
        {
            int payload;
            if (!PhraseTrie.IsWord(lower[i]))
            {
                if (lower[i] == _currency[0] && lower[i..].StartsWith(_currency) && MessageTokens.TryAmount(lower, i + _currency.Length, out var amount, out var amountEnd))
                {
                    NoteAmount(reading, amount);
                    i = EndOfWord(lower, amountEnd);
                    continue;
                }

                payload = _phrases.LongestOdd(lower, i, out var oddEnd);
                i = payload < 0 ? i + 1 : NotePhrase(reading, payload, lower, i, oddEnd, today, ref markerEnd, ref dateEnd);
                continue;
            }

            var end = PhraseTable.First(lower, i, out var hash);
            if (lower[i] == 'o' && MessageTokens.TryOrderNumber(lower, i, out var numberEnd))
            {
                NoteOrderNumber(reading, text[i..numberEnd]);
                end = EndOfWord(lower, numberEnd);
            }
            else if ((payload = _phrases.Longest(lower, i, end, hash, out var phraseEnd)) >= 0)
            {
                end = NotePhrase(reading, payload, lower, i, phraseEnd, today, ref markerEnd, ref dateEnd);
            }
            else if (char.IsAsciiDigit(lower[i]) && DateReader.TryIso(lower, i, today, out var isoEnd, out var band))
            {
                Note(reading, band);
                end = isoEnd;
            }

            i = end;
        }
    }

    /// <returns>Where reading goes on.</returns>
    private int NotePhrase(Reading reading, int payload, ReadOnlySpan<char> lower, int start, int end, DateOnly today, ref int markerEnd, ref int dateEnd)
    {
        if (payload >> 24 == Marker >> 24)
            markerEnd = end;
        else if (payload >> 24 == Months >> 24)
        {
            Note(reading, DateReader.Around(lower, dateEnd, start, ref end, payload & (Timings - 1), today));
            dateEnd = end;
        }
        else
            Note(reading, payload, markerEnd >= 0 && lower[markerEnd..start].IsWhiteSpace());
        return end;
    }

    /// <summary>The rest of a word whose beginning was read.</summary>
    private static int EndOfWord(ReadOnlySpan<char> lower, int at)
    {
        while (at < lower.Length && !PhraseTrie.IsBoundary(lower, at))
            at++;
        return at;
    }

    private static void Note(Reading reading, DayBand? band)
    {
        if (band is { } said)
            reading.Note(said);
    }

    private void Note(Reading reading, int payload, bool afterMarker)
    {
        var index = payload & (Timings - 1);
        switch (payload >> 24)
        {
            case 0:
                NoteCue(reading, _vocabulary.Cues[index]);
                break;
            case Timings >> 24:
                reading.Note(new DayBand(_vocabulary.Timing[index].From, _vocabulary.Timing[index].To));
                break;
            default:
                NoteProduct(reading, _products[index], afterMarker);
                break;
        }
    }

    private void NoteCue(Reading reading, Cue cue)
    {
        if (cue.Fact == _request)
        {
            NoteRequest(reading, _requestOfSymbol[cue.Value], cue);
            return;
        }

        if (reading.Value(cue.Fact) is { } before && before != cue.Value)
        {
            var fact = _policy.Facts[cue.Fact];
            reading.Conflict ??= $"'{fact.Name}' is said to be {Values.Format(before, fact.Type, _policy.Symbols)} and {Values.Format(cue.Value, fact.Type, _policy.Symbols)} ('{cue.Text}')";
            return;
        }

        reading.Stated |= 1UL << cue.Fact;
        reading.Values[cue.Fact] = cue.Value;
    }

    private void NoteRequest(Reading reading, int request, Cue cue)
    {
        if (request == reading.Request || request == reading.SecondRequest)
            return;
        if (reading.SecondRequest >= 0)
            reading.Conflict ??= $"three things are asked for: {_policy.Requests[reading.Request].Name}, {_policy.Requests[reading.SecondRequest].Name} and {_policy.Requests[request].Name} ('{cue.Text}')";
        else if (reading.Request < 0)
            reading.Request = request;
        else
            (reading.Request, reading.SecondRequest) = (Math.Min(reading.Request, request), Math.Max(reading.Request, request));
    }

    private static void NoteProduct(Reading reading, Product? product, bool asTarget)
    {
        if (product is null)
        {
            reading.Conflict ??= "a product is named by a name that several products have";
            return;
        }

        var before = asTarget ? reading.Target : reading.Product;
        if (before is { } other && other != product.Id)
            reading.Conflict ??= $"two products are named{(asTarget ? " as wanted" : "")}: {other} and {product.Id}";
        else if (asTarget)
            reading.Target = product.Id;
        else
            reading.Product = product.Id;
    }

    private static void NoteAmount(Reading reading, Quantities.Money amount)
    {
        if (reading.AmountsDiffer)
            return;
        reading.AmountsDiffer = reading.Amount is { } before && before != amount;
        reading.Amount = reading.AmountsDiffer ? null : amount;
    }

    private static void NoteOrderNumber(Reading reading, ReadOnlySpan<char> raw)
    {
        if (reading.OrderNumber is null)
            reading.OrderNumber = raw.ToString();
        else if (!raw.Equals(reading.OrderNumber, StringComparison.OrdinalIgnoreCase))
            reading.Conflict ??= $"two order numbers are given: '{reading.OrderNumber}' and '{raw}'";
    }
}
