namespace TicketWorld.Grains.Access;

/// <summary>
/// A part of what a role may do, written <c>AREA:ACTION</c>. The area is the word after <c>/api/v1/</c>, or <c>*</c> for all; the action is
/// <c>read</c> (GET, HEAD) or <c>write</c> (everything else), which does not include reading.
/// </summary>
public readonly record struct ApiKeyScope(string Area, bool Writes)
{
    /// <summary>The areas that there are.</summary>
    public static IReadOnlyList<string> Areas { get; } = ["*", "admin", "batches", "customers", "tickets", "workflow"];

    /// <summary>Whether a call is within it.</summary>
    public bool Covers(string area, bool writes) => Writes == writes && (Area == "*" || string.Equals(Area, area, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a scope; null when the text is none.</summary>
    public static ApiKeyScope? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Areas.Contains(text[..colon], StringComparer.Ordinal) && text[(colon + 1)..] is "read" or "write"
            ? new(text[..colon], text.EndsWith(":write", StringComparison.Ordinal))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Area}:{(Writes ? "write" : "read")}";
}
