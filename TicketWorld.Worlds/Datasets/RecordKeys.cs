namespace TicketWorld.Worlds.Datasets;

/// <summary>The arrays of <c>customer_database.json</c> with the key that names a record in each.</summary>
internal static class RecordKeys
{
    public static IReadOnlyList<(string Array, string Key)> All { get; } =
        [("customers", "customer_id"), ("products", "product_id"), ("orders", "order_id"), ("payments", "payment_id")];
}
