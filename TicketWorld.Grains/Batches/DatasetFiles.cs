namespace TicketWorld.Grains.Batches;

/// <summary>The names and media types of a dataset's files.</summary>
internal static class DatasetFiles
{
    public const string TicketArray = "support_tickets.json";
    public const string TicketLines = "support_tickets.jsonl";
    public const string Manifest = "manifest.json";

    public const string Json = "application/json";
    public const string JsonLines = "application/jsonl";
    public const string Text = "text/plain; charset=utf-8";
}
