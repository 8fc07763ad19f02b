using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes <c>customer_database.json</c>: an object with four arrays, one record a line.</summary>
internal static class DatabaseFile
{
    private const int FlushAt = 1 << 18;

    public static void Write(RecordBook book, Stream output, CancellationToken cancellation)
    {
        var json = new JsonText();
        json.WriteBetween("{\n\"schema_version\": "u8);
        json.WriteNumberValue(Manifest.CurrentSchema);
        WriteArray(",\n\"customers\": [\n"u8, book.Customers, WriteCustomer);
        WriteArray("\n],\n\"products\": [\n"u8, book.Products, WriteProduct);
        WriteArray("\n],\n\"orders\": [\n"u8, book.Orders, WriteOrder);
        json.WriteBetween("\n],\n\"payments\": [\n"u8);
        var first = true;
        foreach (var order in book.Orders)
        {
            foreach (var payment in order.Payments)
            {
                WriteRecord(payment, first, WritePayment);
                first = false;
            }
        }

        json.WriteBetween("\n]\n}\n"u8);
        output.Write(json.Written);

        void WriteArray<T>(ReadOnlySpan<byte> head, IReadOnlyList<T> records, Action<JsonText, T> write)
        {
            json.WriteBetween(head);
            for (var i = 0; i < records.Count; i++)
                WriteRecord(records[i], i == 0, write);
        }

        void WriteRecord<T>(T record, bool isFirst, Action<JsonText, T> write)
        {
            if (!isFirst)
                json.WriteBetween(",\n"u8);
            write(json, record);
            if (json.Length < FlushAt)
                return;
            cancellation.ThrowIfCancellationRequested();
            output.Write(json.Written);
            json.Clear();
        }
    }

    private static void WriteCustomer(JsonText json, Customer customer)
    {
        json.WriteStartObject();
        json.WriteId("customer_id"u8, customer.Id);
        json.WriteString("name"u8, customer.Name);
        json.WriteString("tier"u8, customer.Tier);
        json.WriteString("primary_email"u8, customer.PrimaryEmail);
        json.WriteString("alternate_email"u8, customer.AlternateEmail);
        json.WriteString("phone"u8, customer.Phone);
        WriteAddress(json, "shipping_address"u8, customer.ShippingAddress);
        WriteAddress(json, "billing_address"u8, customer.BillingAddress);
        json.WriteBoolean("tax_exempt"u8, customer.TaxExempt);
        json.WriteDate("created_date"u8, customer.CreatedDate);
        json.WriteEndObject();
    }

    private static void WriteAddress(JsonText json, ReadOnlySpan<byte> name, Address address)
    {
        json.WriteStartObject(name);
        json.WriteString("street"u8, address.Street);
        json.WriteString("city"u8, address.City);
        json.WriteString("state"u8, address.State);
        json.WriteString("zip"u8, address.Zip);
        json.WriteEndObject();
    }

    private static void WriteProduct(JsonText json, Product product)
    {
        json.WriteStartObject();
        json.WriteId("product_id"u8, product.Id);
        json.WriteString("name"u8, product.Name);
        json.WriteString("category"u8, product.Category);
        json.WriteString("brand"u8, product.Brand);
        json.WriteMoney("base_price"u8, product.BasePrice);
        json.WriteNumber("warranty_period"u8, product.WarrantyDays);
        json.WriteDecimal("weight"u8, product.WeightGrams / 1000m);
        json.WriteBoolean("requires_signature"u8, product.RequiresSignature);
        json.WriteBoolean("in_stock"u8, product.InStock);
        json.WriteString("description"u8, product.Description);
        json.WriteEndObject();
    }

    private static void WriteOrder(JsonText json, Order order)
    {
        json.WriteStartObject();
        json.WriteId("order_id"u8, order.Id);
        json.WriteId("customer_id"u8, order.Customer);
        json.WriteDate("order_date"u8, order.Id.Date);
        json.WriteTime("ordered_at"u8, order.OrderedAt);
        json.WriteTime("shipped_at"u8, order.ShippedAt);
        json.WriteTime("delivered_at"u8, order.DeliveredAt);
        json.WriteTime("promised_by"u8, order.PromisedBy);
        json.WriteStartArray("items"u8);
        foreach (var item in order.Items)
            WriteItem(json, item);
        json.WriteEndArray();
        json.WriteStartArray("parcels"u8);
        if (order.ListedParcels is { } parcels)
        {
            foreach (var parcel in parcels)
                WriteParcel(json, parcel);
        }
        else if (order.ShippedAt is { } shipped)
        {
            WriteParcel(json, new Parcel(1, order.TrackingNumber ?? "", shipped, order.DeliveredAt));
        }

        json.WriteEndArray();
        json.WriteString("shipping_method"u8, order.ShippingMethod);
        json.WriteString("tracking_number"u8, order.TrackingNumber);
        json.WriteMoney("total_amount"u8, order.Total);
        json.WriteMoney("shipping_fee"u8, order.ShippingFee);
        json.WriteMoney("tax_amount"u8, order.TaxAmount);
        json.WriteMoney("gift_card_amount"u8, order.GiftCardAmount);
        json.WriteMoney("amount_due"u8, order.AmountDue);
        json.WriteBoolean("gift"u8, order.Gift);
        json.WriteString("payment_method"u8, order.PaymentMethod);
        json.WriteString("order_status"u8, Snake.Name(order.Status));
        json.WriteEndObject();
    }

    private static void WriteItem(JsonText json, OrderItem item)
    {
        json.WriteStartObject();
        json.WriteId("product_id"u8, item.Product);
        json.WriteNumber("quantity"u8, item.Quantity);
        json.WriteMoney("price_paid"u8, item.PricePaid);
        json.WriteString("item_status"u8, Snake.Name(item.Status));
        json.WriteTime("settled_at"u8, item.SettledAt);
        json.WriteNumber("parcel"u8, item.Parcel);
        json.WriteNumber("bundle"u8, item.Bundle);
        json.WriteBoolean("final_sale"u8, item.FinalSale);
        json.WriteString("inspection"u8, item.Inspection is { } found ? Snake.Name(found) : null);
        json.WriteEndObject();
    }

    private static void WriteParcel(JsonText json, Parcel parcel)
    {
        json.WriteStartObject();
        json.WriteNumber("parcel"u8, parcel.Number);
        json.WriteString("tracking_number"u8, parcel.TrackingNumber);
        json.WriteTime("shipped_at"u8, parcel.ShippedAt);
        json.WriteTime("delivered_at"u8, parcel.DeliveredAt);
        json.WriteEndObject();
    }

    private static void WritePayment(JsonText json, Payment payment)
    {
        json.WriteStartObject();
        json.WriteId("payment_id"u8, payment.Id);
        json.WriteId("order_id"u8, payment.Order);
        if (payment.Product is { } product)
            json.WriteId("product_id"u8, product);
        else
            json.WriteNull("product_id"u8);
        json.WriteString("kind"u8, Snake.Name(payment.Kind));
        json.WriteString("method"u8, payment.Method);
        json.WriteMoney("amount"u8, payment.Amount);
        json.WriteString("status"u8, Snake.Name(payment.Status));
        json.WriteTime("created_at"u8, payment.CreatedAt);
        json.WriteTime("settled_at"u8, payment.SettledAt);
        json.WriteEndObject();
    }
}
