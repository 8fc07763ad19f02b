using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis;

/// <summary>The category of each topic, from <c>categories.yaml</c>: every topic stands in exactly one.</summary>
internal sealed class CategoryMap
{
    private readonly Category?[] _byTopic = new Category?[Names.Topics.Count];

    public CategoryMap(RuleFiles files)
    {
        var root = files.Read("categories.yaml");
        root.Only("categories");
        foreach (var node in root["categories"].Items)
        {
            node.Only("id", "name", "required_fields", "topics");
            var category = (Category)Names.Index(Names.Categories, node["id"].Text, node["id"]);
            foreach (var topic in node["topics"].Items)
            {
                ref var known = ref _byTopic[Names.Index(Names.Topics, topic.Text, topic)];
                if (known is not null)
                    throw topic.Error($"The topic '{topic.Text}' already stands in another category.", "Keep it in one.");
                known = category;
            }
        }

        if (Array.IndexOf(_byTopic, null) is >= 0 and var missing)
            throw root["categories"].Error($"The topic '{Names.Topics[missing]}' stands in no category.", "Add it to one.");
    }

    public Category Of(Topic topic) => _byTopic[(int)topic]!.Value;
}
