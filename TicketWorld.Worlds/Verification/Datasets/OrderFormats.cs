using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What an order's record says that follows from the rest of it, and is no part of the order read.</summary>
/// <param name="AmountDue">Null where it could not be read.</param>
/// <param name="ItemParcels">Parcel number of each line.</param>
internal sealed record OrderClaims(DateOnly OrderDate, Money? AmountDue, int?[] ItemParcels);

/// <summary>Reads orders and payments in the format of docs/datasets.md.</summary>
internal static class OrderFormats
{
    private const int MostUnits = 1000;
    private const int MostParcels = 100;

    private static readonly string[] ItemStates = Names<ItemStatus>();
    private static readonly string[] OrderStates = Names<OrderStatus>();
    private static readonly string[] Inspections = Names<Inspection>();
    private static readonly string[] Kinds = Names<PaymentKind>();
    private static readonly string[] PaymentStates = Names<PaymentStatus>();

    private static readonly JsonKeys OrderKeys =
    [
        "order_id", "customer_id", "order_date", "ordered_at", "shipped_at", "delivered_at", "promised_by", "items", "parcels", "shipping_method", "tracking_number", "total_amount",
        "shipping_fee", "tax_amount", "gift_card_amount", "amount_due", "gift", "payment_method", "order_status",
    ];

    private static readonly JsonKeys ItemKeys = ["product_id", "quantity", "price_paid", "item_status", "settled_at", "parcel", "bundle", "final_sale", "inspection"];
    private static readonly JsonKeys ParcelKeys = ["parcel", "tracking_number", "shipped_at", "delivered_at"];
    private static readonly JsonKeys PaymentKeys = ["payment_id", "order_id", "product_id", "kind", "method", "amount", "status", "created_at", "settled_at"];

    /// <param name="claims">Set when the order is.</param>
    public static Order? ReadOrder(JsonElement element, RecordCheck check, out OrderClaims? claims)
    {
        claims = null;
        if (JsonRecord.Of(element, check, "", OrderKeys) is not { } record)
            return null;
        var id = record.Id<OrderId>("order_id", OrderId.TryParse, "ORD-20260114-1001");
        check.Record = id?.ToString() ?? check.Record;
        var customer = record.Id<CustomerId>("customer_id", CustomerId.TryParse, "CUST-0001");
        var orderDate = record.Date("order_date");
        var ordered = record.Time("ordered_at");
        var shipped = record.Time("shipped_at", orNull: true);
        var delivered = record.Time("delivered_at", orNull: true);
        var promised = record.Time("promised_by");
        var items = ReadAll(record, "items", check, ReadItem, out var allItems);
        var parcels = ReadAll(record, "parcels", check, ReadParcel, out var allParcels);
        if (items.Length == 0 && allItems && record.Member("items") is not null)
            record.Report(VerificationLayer.Schema, "items", "an order has at least one line", "0", "1 or more");
        var shipping = RecordFormats.Symbol(record, "shipping_method");
        var tracking = record.TextOrNull("tracking_number");
        var total = record.Money("total_amount");
        var fee = NotNegative(record, "shipping_fee");
        var tax = NotNegative(record, "tax_amount");
        var card = NotNegative(record, "gift_card_amount");
        var due = NotNegative(record, "amount_due");
        var gift = record.Boolean("gift");
        var payment = RecordFormats.Symbol(record, "payment_method");
        var status = record.OneOf("order_status", OrderStates);
        if (id is null || customer is null || orderDate is null || ordered is null || promised is null || !allItems || items.Length == 0 || !allParcels || shipping is null || total is null)
            return null;
        if (fee is null || tax is null || card is null || gift is null || payment is null || status is null || !ParcelsFit(items, parcels, record))
            return null;
        claims = new OrderClaims(orderDate.Value, due, Array.ConvertAll(items, i => i.Parcel));
        return new Order
        {
            Id = id.Value,
            Customer = customer.Value,
            OrderedAt = ordered.Value,
            ShippedAt = shipped,
            DeliveredAt = delivered,
            PromisedBy = promised.Value,
            Items = Array.ConvertAll(items, i => i.Item),
            ListedParcels = IsPlain(parcels, tracking, shipped, delivered) ? null : parcels,
            ShippingMethod = shipping,
            TrackingNumber = tracking,
            Total = total.Value,
            ShippingFee = fee.Value,
            TaxAmount = tax.Value,
            GiftCardAmount = card.Value,
            Gift = gift.Value,
            PaymentMethod = payment,
            Status = (OrderStatus)Array.IndexOf(OrderStates, status),
        };
    }

    public static Payment? ReadPayment(JsonElement element, RecordCheck check)
    {
        if (JsonRecord.Of(element, check, "", PaymentKeys) is not { } record)
            return null;
        var id = record.Id<PaymentId>("payment_id", PaymentId.TryParse, "PAY-000001");
        check.Record = id?.ToString() ?? check.Record;
        var order = record.Id<OrderId>("order_id", OrderId.TryParse, "ORD-20260114-1001");
        var product = record.Id<ProductId>("product_id", ProductId.TryParse, "PROD-1001", orNull: true);
        var kind = record.OneOf("kind", Kinds);
        var method = RecordFormats.Symbol(record, "method");
        var amount = RecordFormats.Positive(record, "amount");
        var status = record.OneOf("status", PaymentStates);
        var created = record.Time("created_at");
        var settled = record.Time("settled_at", orNull: true);
        return id is null || order is null || kind is null || method is null || amount is null || status is null || created is null
            ? null
            : new Payment(id.Value, order.Value, product, (PaymentKind)Array.IndexOf(Kinds, kind), method, amount.Value, (PaymentStatus)Array.IndexOf(PaymentStates, status), created.Value, settled);
    }

    private static (OrderItem Item, int? Parcel)? ReadItem(JsonElement element, RecordCheck check, string path)
    {
        if (JsonRecord.Of(element, check, path, ItemKeys) is not { } record)
            return null;
        var product = record.Id<ProductId>("product_id", ProductId.TryParse, "PROD-1001");
        var quantity = record.Integer("quantity", 1, MostUnits);
        var price = RecordFormats.Positive(record, "price_paid");
        var status = record.OneOf("item_status", ItemStates);
        var settled = record.Time("settled_at", orNull: true);
        var parcel = NumberOrNull(record, "parcel");
        var bundle = NumberOrNull(record, "bundle");
        var final = record.Boolean("final_sale");
        var inspection = record.Member("inspection") is { ValueKind: not JsonValueKind.Null } ? record.OneOf("inspection", Inspections) : null;
        return product is null || quantity is null || price is null || status is null || final is null
            ? null
            : (new OrderItem(product.Value, quantity.Value, price.Value, (ItemStatus)Array.IndexOf(ItemStates, status), settled)
            {
                Parcel = parcel,
                Bundle = bundle,
                FinalSale = final.Value,
                Inspection = inspection is null ? null : (Inspection)Array.IndexOf(Inspections, inspection),
            }, parcel);
    }

    private static Parcel? ReadParcel(JsonElement element, RecordCheck check, string path)
    {
        if (JsonRecord.Of(element, check, path, ParcelKeys) is not { } record)
            return null;
        var number = record.Integer("parcel", 1, MostParcels);
        var tracking = record.Text("tracking_number");
        var shipped = record.Time("shipped_at");
        var delivered = record.Time("delivered_at", orNull: true);
        return number is null || tracking is null || shipped is null ? null : new Parcel(number.Value, tracking, shipped.Value, delivered);
    }

    /// <summary>Whether every line names a parcel of the order, so that what follows may look it up.</summary>
    private static bool ParcelsFit((OrderItem Item, int? Parcel)[] items, Parcel[] parcels, JsonRecord record)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var (item, number) = items[i];
            if (item.Status == ItemStatus.Processing ? number is null : number is { } parcel && parcel <= parcels.Length)
                continue;
            record.Report(VerificationLayer.Records, $"items[{i}].parcel", "it names a parcel of the order exactly when the line has shipped", number?.ToString() ?? "null", item.Status == ItemStatus.Processing ? "null" : $"1 to {parcels.Length}");
            return false;
        }

        return true;
    }

    /// <summary>Whether the parcels say no more than the order does.</summary>
    private static bool IsPlain(Parcel[] parcels, string? tracking, DateTime? shipped, DateTime? delivered) => parcels switch
    {
        [] => shipped is null,
        [var only] => only.Number == 1 && only.TrackingNumber == tracking && only.ShippedAt == shipped && only.DeliveredAt == delivered,
        _ => false,
    };

    private static T[] ReadAll<T>(JsonRecord record, string name, RecordCheck check, Func<JsonElement, RecordCheck, string, T?> read, out bool all)
        where T : struct
    {
        var elements = record.Array(name);
        var found = new List<T>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (read(elements[i], check, $"{name}[{i}]") is { } value)
                found.Add(value);
        }

        all = found.Count == elements.Length;
        return [.. found];
    }

    private static int? NumberOrNull(JsonRecord record, string name) =>
        record.Member(name) is { ValueKind: not JsonValueKind.Null } ? record.Integer(name, 1, MostParcels) : null;

    private static Money? NotNegative(JsonRecord record, string name)
    {
        var money = record.Money(name);
        if (money is { Cents: < 0 } wrong)
            record.Report(VerificationLayer.Schema, name, "the amount is negative", wrong.ToString(), "at least 0.00");
        return money;
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Snake.Name)];
}
