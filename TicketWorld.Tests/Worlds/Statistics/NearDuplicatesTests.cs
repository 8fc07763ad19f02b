using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Statistics;

namespace TicketWorld.Tests.Worlds.Statistics;

/// <summary>The search for near-duplicates finds exactly what comparing every pair finds.</summary>
public sealed class NearDuplicatesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_marks_the_texts_that_comparing_every_pair_marks(ulong seed)
    {
        var texts = Texts(seed, 400);
        var near = new NearDuplicates();
        foreach (var text in texts)
            near.Add(Words.Runs(text, NearDuplicates.RunLength), null);
        var found = near.Find();

        var expected = texts.Select((text, i) => texts.Where((other, j) => j != i && Similarity(text, other) >= 0.8).Any()).ToArray();
        Assert.Equal(expected, found.Select(f => f >= 0));
        Assert.Contains(true, expected);
        Assert.Contains(false, expected);
        for (var i = 0; i < found.Length; i++)
            Assert.True(found[i] < 0 || Similarity(texts[i], texts[found[i]]) >= 0.8);
    }

    [Fact]
    public void Twins_are_no_near_duplicates_of_each_other_but_of_others()
    {
        var runs = Words.Runs(Words.Of("one two three four five six seven"), NearDuplicates.RunLength);
        Assert.Equal([-1, -1], Find("a", "a"));
        Assert.Equal([2, 2, 1], Find("a", "a", "b"));
        Assert.Equal([1, 0], Find(null, null));

        int[] Find(params string?[] families)
        {
            var near = new NearDuplicates();
            foreach (var family in families)
                near.Add(runs, family);
            return near.Find();
        }
    }

    [Fact]
    public void Texts_of_fewer_than_five_words_have_none()
    {
        var near = new NearDuplicates();
        near.Add(Words.Runs(Words.Of("Where is it?"), NearDuplicates.RunLength), null);
        near.Add(Words.Runs(Words.Of("Where is it?"), NearDuplicates.RunLength), null);
        Assert.Equal([-1, -1], near.Find());
    }

    [Fact]
    public void Words_ignore_layout_case_and_punctuation()
    {
        Assert.Equal(["it's", "order", "ord-20240101-1001", "isn't", "it", "50"], Words.Of("It's order:\n ORD-20240101-1001 -- isn't it?! $50-"));
        Assert.Equal("Hello there,", Words.OpeningLine("\n  Hello there, \n\nText"));
        Assert.Equal("a b", Words.First(["a", "b"], 5));
    }

    /// <summary>Texts of which many are changed copies of earlier ones, from one word to a third of them.</summary>
    private static List<List<string>> Texts(ulong seed, int count)
    {
        var draws = new Draws(new SeedKey(seed, 0), 1, 1);
        var texts = new List<List<string>>();
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || draws.Chance(60))
            {
                texts.Add([.. Enumerable.Range(0, draws.Between(1, 60)).Select(_ => $"w{draws.Below(40)}")]);
                continue;
            }

            var copy = texts[draws.Below(i)].ToList();
            for (var changes = draws.Below(Math.Max(1, copy.Count / 3)); changes > 0; changes--)
                copy[copy.Count - 1 - draws.Below(Math.Min(copy.Count, 8))] = $"w{draws.Below(40)}";
            texts.Add(copy);
        }

        return texts;
    }

    private static double Similarity(List<string> a, List<string> b)
    {
        var (one, other) = (Runs(a), Runs(b));
        var shared = one.Intersect(other).Count();
        return one.Count + other.Count == 0 ? 0 : (double)shared / (one.Count + other.Count - shared);

        static HashSet<string> Runs(List<string> words) => [.. Enumerable.Range(0, Math.Max(0, words.Count - 4)).Select(i => string.Join(' ', words.Skip(i).Take(5)))];
    }
}
