using System.Collections.Concurrent;
using System.Text.Json;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>A model that says more or something else than the brief, in wordings of the pack, and remembers in which tickets and what.</summary>
internal sealed class FalseWriter(World world)
{
    private readonly PolicyDocument _policy = world.Pack.Policy;
    private readonly TicketWorld.Worlds.Messages.Vocabulary _vocabulary = world.Pack.Vocabulary;

    /// <summary>By ticket: the name of what was falsified, as the gate calls it.</summary>
    public ConcurrentDictionary<string, string> Falsified { get; } = new(StringComparer.Ordinal);

    /// <summary>States a claim that the request depends on and that the brief leaves open.</summary>
    public string LeakClaim(SeenRequest seen, string text)
    {
        var brief = seen.Brief;
        string[] open = [.. brief.GetProperty("leaves_open").EnumerateArray().Select(f => f.GetString()!)];
        var claims = Requests(brief).SelectMany(r => r.Claims).Select(c => _policy.Facts[c.Fact]).Where(f => open.Contains(f.Name, StringComparer.Ordinal));
        foreach (var claim in claims)
        {
            if (_vocabulary.Cues.FirstOrDefault(c => c.Fact == claim.Index) is { } cue)
                return Falsify(brief, claim.Name, Insert(text, cue.Text));
        }

        return text;
    }

    /// <summary>States another value of a claim instead of the brief's.</summary>
    public string ContradictClaim(SeenRequest seen, string text)
    {
        var brief = seen.Brief;
        foreach (var said in brief.GetProperty("says").EnumerateArray())
        {
            if (Claim(said) is { } claim && Other(claim, said) is { } cue)
                return Falsify(brief, claim.Name, Replace(text, said.GetProperty("wordings")[0].GetString()!, cue.Text));
        }

        return text;
    }

    /// <summary>States a claim and, further on, another value of it.</summary>
    public string ContradictItself(SeenRequest seen, string text)
    {
        var brief = seen.Brief;
        foreach (var said in brief.GetProperty("says").EnumerateArray())
        {
            if (Claim(said) is { } claim && Other(claim, said) is { } cue)
                return Falsify(brief, "contradicts itself", Insert(text, cue.Text));
        }

        return text;
    }

    /// <summary>Names another product of the shop.</summary>
    public string ChangeProduct(SeenRequest seen, string text)
    {
        var brief = seen.Brief;
        if (brief.GetProperty("product").GetString() is not { } product)
            return text;
        var other = world.Book.Products.First(p => !p.Name.Contains(product, StringComparison.Ordinal)).Name;
        return Falsify(brief, "product", Replace(text, product, other));
    }

    private IEnumerable<RequestDefinition> Requests(JsonElement brief) =>
        brief.GetProperty("says").EnumerateArray().Select(s => s.GetProperty("value").GetString()!).Where(_policy.RequestsByName.ContainsKey).Select(v => _policy.RequestsByName[v]);

    private FactDefinition? Claim(JsonElement said) =>
        _policy.FactsByName.TryGetValue(said.GetProperty("name").GetString()!, out var fact) && fact.Source == FactSource.Customer && fact.Name != "request" ? fact : null;

    private Cue? Other(FactDefinition claim, JsonElement said) =>
        _vocabulary.Cues.FirstOrDefault(c => c.Fact == claim.Index && Values.Format(c.Value, claim.Type, _policy.Symbols) != said.GetProperty("value").GetString());

    private string Falsify(JsonElement brief, string what, string text)
    {
        Falsified[brief.GetProperty("ticket_id").GetString()!] = what;
        return text;
    }

    private static string Insert(string text, string wording) => Replace(text, "Yours", $"And: {wording}. Yours");

    /// <summary>Replaces in a text that is JSON.</summary>
    private static string Replace(string text, string old, string value)
    {
        var changed = text.Replace(JsonEncodedText.Encode(old).ToString(), JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        return changed;
    }
}
