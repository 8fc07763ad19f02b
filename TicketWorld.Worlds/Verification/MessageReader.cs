using System.Buffers;
using System.Numerics;
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
    private const int Negation = 5 << 24;
    private const int Weak = 6 << 24;

    /// <summary>Longest text between a negation and the name of a month that holds nothing but the day.</summary>
    private const int LongestDay = 9;

    private readonly PolicyDocument _policy;
    private readonly Vocabulary _vocabulary;
    private readonly Product?[] _products;
    private readonly PhraseTable _phrases;
    private readonly QuotedText _quoted;
    private readonly string[] _secondTargets;
    private readonly string[] _asides;
    private readonly WeakRequests? _weak;
    private readonly WeakCue[] _weakByRank;
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
        phrases.AddRange(vocabulary.Negations.Select(marker => KeyValuePair.Create(marker, Negation)));
        _secondTargets = [.. vocabulary.SecondTargetMarkers];
        _asides = [.. vocabulary.AsideMarkers];
        phrases.AddRange(vocabulary.Weak.Index().Where(w => w.Item.Otherwise is not null).Select(w => KeyValuePair.Create(w.Item.Text, Weak | w.Index)));
        phrases = [.. phrases, .. PhraseTable.WithoutApostrophes(phrases)];
        _quoted = new QuotedText(vocabulary);
        _weakByRank = [.. vocabulary.Weak.DistinctBy(w => w.Rank)];
        _weak = vocabulary.Weak.Count == 0 ? null : new WeakRequests(vocabulary, _quoted);

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
        Settle(subject, body, reading);
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

    /// <summary>Decides what stands for something only where nothing clearer does.</summary>
    private void Settle(ReadOnlySpan<char> subject, ReadOnlySpan<char> body, Reading reading)
    {
        if (reading.Amount is null && !reading.AmountsDiffer)
            (reading.Amount, reading.AmountsDiffer) = (reading.BareAmount, reading.BareAmountsDiffer);
        if (_weak is null)
            return;
        if (reading.Request < 0 && _weak.Find(subject, body) is >= 0 and var weak)
            reading.Request = _requestOfSymbol[_vocabulary.Weak[weak].Request];
        for (var left = reading.Weak; left != 0; left &= left - 1)
            SettleClaim(_weakByRank[BitOperations.TrailingZeroCount(left)], reading);
    }

    private void SettleClaim(WeakCue weak, Reading reading)
    {
        var request = _requestOfSymbol[weak.Request];
        if (request == reading.Request || request == reading.SecondRequest || weak.Otherwise is not { } claim || (reading.Stated >> claim.Fact & 1) != 0)
            return;
        if (!Takes(reading.Request, claim.Fact) && !Takes(reading.SecondRequest, claim.Fact))
            return;
        reading.Stated |= 1UL << claim.Fact;
        reading.Values[claim.Fact] = claim.Value;
    }

    private bool Takes(int request, int fact)
    {
        if (request < 0)
            return false;
        foreach (var claim in _policy.Requests[request].Claims)
        {
            if (claim.Fact == fact)
                return true;
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
        var place = new Place();
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
                i = payload < 0 ? i + 1 : NotePhrase(reading, payload, lower, i, oddEnd, today, ref place);
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
                end = NotePhrase(reading, payload, lower, i, phraseEnd, today, ref place);
            }
            else if (char.IsAsciiDigit(lower[i]))
            {
                if (DateReader.TryIso(lower, i, today, out var isoEnd, out var band))
                {
                    Note(reading, band);
                    end = isoEnd;
                }
                else if (MessageTokens.TryBareAmount(lower, i, out var bare, out var bareEnd))
                {
                    NoteBareAmount(reading, bare);
                    end = bareEnd;
                }
            }

            i = end;
        }
    }

    /// <returns>Where reading goes on.</returns>
    private int NotePhrase(Reading reading, int payload, ReadOnlySpan<char> lower, int start, int end, DateOnly today, ref Place place)
    {
        switch (payload >> 24)
        {
            case Marker >> 24 or Negation >> 24:
                (place.Marker, place.MarkerEnd) = (payload, end);
                break;
            case Months >> 24:
                var band = DateReader.Around(lower, place.DateEnd, start, ref end, payload & (Timings - 1), today);
                if (place.Marker != Negation || start - place.MarkerEnd > LongestDay)
                    Note(reading, band);
                place.DateEnd = end;
                break;
            default:
                var marker = place.MarkerEnd >= 0 && lower[place.MarkerEnd..start].IsWhiteSpace() ? place.Marker : 0;
                if (payload >> 24 == Products >> 24)
                    NoteProduct(reading, _products[payload & (Timings - 1)], marker == Marker, lower[..start]);
                else if (marker != Negation)
                    Note(reading, payload);
                break;
        }

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

    private void Note(Reading reading, int payload)
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
                reading.Weak |= 1UL << _vocabulary.Weak[index].Rank;
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

    private void NoteProduct(Reading reading, Product? product, bool asTarget, ReadOnlySpan<char> before)
    {
        if (product is null)
        {
            reading.Conflict ??= "a product is named by a name that several products have";
            return;
        }

        var second = reading.Product is { } first && first != product.Id;
        if (second && !asTarget)
        {
            if (IsBehind(before, _asides))
                return;
            asTarget = reading.Target == product.Id || IsBehind(before, _secondTargets);
        }

        if ((asTarget ? reading.Target : reading.Product) is { } other && other != product.Id)
            reading.Conflict ??= $"two products are named{(asTarget ? " as wanted" : "")}: {other} and {product.Id}";
        else if (asTarget)
            reading.Target = product.Id;
        else
            reading.Product = product.Id;
    }

    /// <summary>Whether a text ends with one of the markers.</summary>
    private static bool IsBehind(ReadOnlySpan<char> before, string[] markers)
    {
        before = before.TrimEnd();
        foreach (var marker in markers)
        {
            if (before.EndsWith(marker) && PhraseTrie.IsBoundary(before, before.Length - marker.Length))
                return true;
        }

        return false;
    }

    private static void NoteBareAmount(Reading reading, Quantities.Money amount)
    {
        reading.BareAmountsDiffer |= reading.BareAmount is { } before && before != amount;
        reading.BareAmount = reading.BareAmountsDiffer ? null : amount;
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

    /// <summary>Where reading stands in relation to the last marker and the last date.</summary>
    private ref struct Place()
    {
        public int Marker;
        public int MarkerEnd = -1;
        public int DateEnd;
    }
}
