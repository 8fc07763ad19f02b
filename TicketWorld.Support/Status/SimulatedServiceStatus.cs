using System.Globalization;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Status;

/// <summary>The states that <c>status.yaml</c> gives.</summary>
public sealed class SimulatedServiceStatus : IServiceStatus
{
    private readonly Dictionary<Topic, IReadOnlyList<ServiceDisturbance>> _byTopic;

    /// <exception cref="PackException">The rules cannot be used; names file and line.</exception>
    public SimulatedServiceStatus(RuleFiles files)
    {
        var root = files.Read("status.yaml");
        root.Only("services");
        var services = root["services"].Items.Select(Read).ToList();
        _byTopic = Enum.GetValues<Topic>().ToDictionary(topic => topic, topic => (IReadOnlyList<ServiceDisturbance>)
        [
            .. services.Where(service => service.Topics.Contains(topic) && service.Disturbance is not null)
                .Select(service => service.Disturbance!).OrderByDescending(disturbance => disturbance.State),
        ]);
    }

    public ValueTask<IReadOnlyList<ServiceDisturbance>> CheckAsync(Topic topic, CancellationToken cancellationToken) => new(_byTopic[topic]);

    private static (IReadOnlyList<Topic> Topics, ServiceDisturbance? Disturbance) Read(PackNode node)
    {
        node.Only("id", "name", "topics", "state", "since");
        var names = node["name"].Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text, StringComparer.Ordinal);
        if (!names.ContainsKey("en"))
            throw node["name"].Error("The service has no English name.", "Add 'en:'.");
        Topic[] topics = [.. node["topics"].Items.Select(RuleWords.Read<Topic>)];
        var state = RuleWords.Read<ServiceState>(node["state"]);
        if (state == ServiceState.Operational)
            return (topics, null);
        var since = node["since"];
        return DateTimeOffset.TryParse(since.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? (topics, new(node["id"].Text, names, state, at))
            : throw since.Error($"'{since.Text}' is no time.", "Write for example 2026-02-14T08:00:00Z.");
    }
}
