using System.Diagnostics;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Messages;

/// <summary>A message that does not read back as it was specified.</summary>
/// <param name="Problem">What the reader found, and what was to be said.</param>
public sealed record TrialReject(string Wording, string Persona, string Problem, string Subject, string Body);

/// <summary>How the phrases of a pack did.</summary>
/// <param name="Rejects">How many messages do not read back.</param>
/// <param name="Examples">The first few of them.</param>
/// <param name="WritingTime">Time spent on writing alone.</param>
public sealed record TrialResult(int Messages, int Rejects, IReadOnlyList<TrialReject> Examples, TimeSpan WritingTime)
{
    public double MicrosecondsPerMessage => WritingTime.TotalMicroseconds / Math.Max(1, Messages);
}

/// <summary>
/// Tries the phrases of a pack: writes messages of all its wordings with everything that they may be asked to say, reads each
/// back, and compares. For authors of packs, tests and benchmarks.
/// </summary>
public sealed class MessageTrial
{
    private const int MostExamples = 20;
    private readonly PolicyDocument _policy;
    private readonly Grammar _grammar;
    private readonly (Wording First, Wording? Second)[] _wordings;
    private readonly MessageReader _reader;
    private readonly SpecSampler _sampler;
    private readonly MessageBuffer _subject = new();
    private readonly MessageBuffer _body = new();

    internal MessageTrial(PolicyDocument policy, Grammar grammar, Vocabulary vocabulary, IEnumerable<(Wording First, Wording? Second)> wordings, IReadOnlyList<Product> products, IReadOnlyList<Customer> customers, string company)
    {
        _policy = policy;
        _grammar = grammar;
        _wordings = [.. wordings];
        _reader = new MessageReader(policy, vocabulary, new RecordBook([], products, []));
        _sampler = new SpecSampler(policy, grammar, products, customers, company, vocabulary.CurrencySymbol);
    }

    /// <summary>A trial of a pack's scenarios, with products and customers of the pack.</summary>
    public static MessageTrial Of(Pack pack, ulong seed)
    {
        var key = Seeds.Key(seed);
        var people = new CustomerMaker(pack.People, 500, key);
        var opened = new DateOnly(2025, 1, 1);
        return new MessageTrial(
            pack.Policy,
            pack.Grammar,
            pack.Vocabulary,
            Wordings(pack),
            ProductMaker.MakeAll(pack.Catalog, 200, key),
            [.. Enumerable.Range(0, people.Count).Select(index => people.Make(index, opened, opened))],
            pack.Settings.Company);
    }

    /// <summary>The wordings of the scenarios, each alone and with every second request that may stand beside it.</summary>
    private static IEnumerable<(Wording First, Wording? Second)> Wordings(Pack pack)
    {
        var firsts = pack.Wordings.DistinctBy(w => w.Name).ToArray();
        foreach (var first in firsts)
            yield return (first, null);
        foreach (var first in firsts.DistinctBy(w => w.Request))
        {
            var request = pack.Policy.RequestsByName[first.Request];
            foreach (var name in pack.Grammar.SecondRequests)
            {
                var other = pack.Policy.RequestsByName[name];
                if (CanStandBeside(request, other, pack.Policy))
                    yield return (first, pack.Grammar.Second(first, name, name));
            }
        }
    }

    /// <summary>Their claims share no fact, and at most one of them has an amount: two amounts in one text cannot be told apart.</summary>
    private static bool CanStandBeside(RequestDefinition first, RequestDefinition second, PolicyDocument policy) =>
        first != second && first.Subject != RequestSubject.Product && second.Subject != RequestSubject.Product
        && !first.Claims.Any(c => second.Claims.Any(other => other.Fact == c.Fact))
        && first.Claims.Concat(second.Claims).Count(c => policy.Facts[c.Fact].Type == FactType.Money) <= 1;

    /// <summary>Writes and reads <paramref name="count"/> messages, the wordings in turn.</summary>
    public TrialResult Run(int count, ulong seed)
    {
        var rejects = 0;
        var examples = new List<TrialReject>();
        long writing = 0;
        for (var index = 0; index < count; index++)
        {
            var draws = new Draws(Seeds.Key(seed), Seeds.Text, (ulong)index);
            Draw(index, ref draws);
            var start = Stopwatch.GetTimestamp();
            Write(ref draws);
            writing += Stopwatch.GetTimestamp() - start;
            if (Compare(_subject.Written, _body.Written) is not { } problem)
                continue;
            if (rejects++ < MostExamples)
                examples.Add(new TrialReject(Name(_sampler.Spec), _sampler.Spec.Persona.Name, problem, _subject.ToString(), _body.ToString()));
        }

        return new TrialResult(count, rejects, examples, Stopwatch.GetElapsedTime(0, writing));
    }

    /// <summary>Writes messages without reading them: what writing alone costs.</summary>
    public TrialResult Write(int count, ulong seed)
    {
        long writing = 0;
        for (var index = 0; index < count; index++)
        {
            var draws = new Draws(Seeds.Key(seed), Seeds.Text, (ulong)index);
            Draw(index, ref draws);
            var start = Stopwatch.GetTimestamp();
            Write(ref draws);
            writing += Stopwatch.GetTimestamp() - start;
        }

        return new TrialResult(count, 0, [], Stopwatch.GetElapsedTime(0, writing));
    }

    /// <summary>Writes the messages one after the other, as subject and body.</summary>
    internal IEnumerable<(MessageSpec Spec, string Subject, string Body)> Texts(int count, ulong seed)
    {
        for (var index = 0; index < count; index++)
        {
            var draws = new Draws(Seeds.Key(seed), Seeds.Text, (ulong)index);
            Draw(index, ref draws);
            Write(ref draws);
            yield return (_sampler.Spec, _subject.ToString(), _body.ToString());
        }
    }

    /// <summary>What a text says otherwise than the specification drawn last, or null.</summary>
    internal string? Compare(ReadOnlySpan<char> subject, ReadOnlySpan<char> body)
    {
        var spec = _sampler.Spec;
        var reading = _reader.Read(subject, body, spec.MessageDate);
        if (reading.Conflict is { } conflict)
            return conflict;
        if (CompareRequests(reading) is { } other)
            return other;
        if (reading.HasThread != spec.Thread)
            return spec.Thread ? "the earlier message is not seen as one" : "part of the text is taken for an earlier message";
        var order = spec.OrderMention >= OrderMention.Exact ? spec.Order : null;
        if (!string.Equals(reading.OrderNumber, order, StringComparison.OrdinalIgnoreCase))
            return $"the order number is read as {reading.OrderNumber ?? "none"}, not {order ?? "none"}";
        if (reading.Product != _sampler.Product?.Id)
            return $"the product is read as {reading.Product?.ToString() ?? "none"}, not {_sampler.Product?.Name ?? "none"}";
        if (reading.Target != _sampler.Target?.Id)
            return $"the product wanted is read as {reading.Target?.ToString() ?? "none"}, not {_sampler.Target?.Name ?? "none"}";
        if (spec.Sender == SenderKind.Unknown && !MessageReader.Mentions(body, spec.CustomerName))
            return "the sender is unknown and the name is missing";
        return CompareFacts(reading) ?? CompareTimes(reading);
    }

    private string? CompareFacts(Reading reading)
    {
        if (reading.AmountsDiffer)
            return "two amounts are named";
        if (reading.Amount is { } extra && !Array.Exists(_sampler.Values, v => v == extra.Cents))
            return $"the amount {extra} is not to be said";
        foreach (var fact in _policy.Facts)
        {
            if (fact.Source != FactSource.Customer || fact.Name == "request")
                continue;
            var said = _sampler.Values[fact.Index];
            var heard = fact.Type != FactType.Money ? reading.Value(fact.Index) : said is null ? null : reading.Amount?.Cents;
            if (heard != said)
                return $"'{fact.Name}' is read as {Name(fact, heard)}, not {Name(fact, said)}";
        }

        return null;
    }

    private string? CompareTimes(Reading reading)
    {
        var spec = _sampler.Spec;
        foreach (var band in reading.StatedBands)
        {
            if (!band.Holds(spec.DaysSinceOrder))
                return $"'{band.From} to {band.To} days ago' is not true {spec.DaysSinceOrder} days after the order";
        }

        if (spec.DateMention == DateMention.Required && spec.DaysSinceOrder >= 0 && reading.StatedDays is null)
            return "it does not say when the order was";
        var said = reading.StatedDays is { } days ? new Bounds(days.From, days.To) : (Bounds?)null;
        return said == spec.SaidDays ? null : $"the order is read as {said} days old, and written as {spec.SaidDays}";
    }

    private string? CompareRequests(Reading reading)
    {
        var spec = _sampler.Spec;
        string[] said = spec.Second is null ? [spec.Wording.Request] : [spec.Wording.Request, spec.Second.Request];
        var heard = new[] { reading.Request, reading.SecondRequest }.Where(r => r >= 0).Select(r => _policy.Requests[r].Name).ToArray();
        return said.ToHashSet(StringComparer.Ordinal).SetEquals(heard) ? null : $"the request is read as {(heard.Length == 0 ? "none" : string.Join(" and ", heard))}, not {string.Join(" and ", said)}";
    }

    private static string Name(MessageSpec spec) => spec.Second is null ? spec.Wording.Name : $"{spec.Wording.Name} + {spec.Second.Name}";

    private void Draw(int index, ref Draws draws)
    {
        var (first, second) = _wordings[index % _wordings.Length];
        _sampler.Draw(first, second, ref draws);
    }

    private string Name(FactDefinition fact, long? value) => value is { } v ? Values.Format(v, fact.Type, _policy.Symbols) : "silent";

    private void Write(ref Draws draws)
    {
        _subject.Clear();
        _grammar.WriteSubject(_sampler.Spec, ref draws, _subject);
        _body.Clear();
        _grammar.WriteBody(_sampler.Spec, ref draws, _body);
    }
}
