namespace TicketWorld.Support.Retrieval.Memory;

/// <summary>The places with the highest scores seen so far; of equal scores those with the lowest ids.</summary>
internal sealed class BestPlaces(Snapshot snapshot, int most)
{
    private readonly PriorityQueue<int, (float Score, string Id)> _heap = new(most + 1, Comparer<(float Score, string Id)>.Create(static (a, b) =>
        a.Score != b.Score ? a.Score.CompareTo(b.Score) : string.CompareOrdinal(b.Id, a.Id)));

    private float _least = float.NegativeInfinity;

    /// <summary>Whether a place of this score may be among the best.</summary>
    public bool Takes(float score) => _heap.Count < most || score >= _least;

    public void Add(int place, float score)
    {
        _heap.Enqueue(place, (score, snapshot.Article(place).Id));
        if (_heap.Count > most)
            _heap.Dequeue();
        if (_heap.TryPeek(out _, out var least))
            _least = least.Score;
    }

    /// <summary>The best first. Empties this.</summary>
    public IReadOnlyList<int> InOrder()
    {
        var places = new int[_heap.Count];
        for (var i = places.Length - 1; i >= 0; i--)
            places[i] = _heap.Dequeue();
        return places;
    }
}
