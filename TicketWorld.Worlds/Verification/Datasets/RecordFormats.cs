using System.Collections.Concurrent;
using System.Text.Json;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Reads customers and products in the format of docs/datasets.md.</summary>
internal static class RecordFormats
{
    private const int MostWarrantyDays = 3650;
    private const int MostSymbols = 1000;

    /// <summary>Names that were met and found right: a set has few, in very many records.</summary>
    private static readonly ConcurrentDictionary<string, string> Symbols = new(StringComparer.Ordinal);

    private static readonly JsonKeys CustomerKeys = ["customer_id", "name", "tier", "primary_email", "alternate_email", "phone", "shipping_address", "billing_address", "tax_exempt", "created_date"];
    private static readonly JsonKeys ProductKeys = ["product_id", "name", "category", "brand", "base_price", "warranty_period", "weight", "requires_signature", "in_stock", "description"];
    private static readonly JsonKeys AddressKeys = ["street", "city", "state", "zip"];

    public static Customer? ReadCustomer(JsonElement element, RecordCheck check, ReadOnlySpan<string> tiers)
    {
        if (JsonRecord.Of(element, check, "", CustomerKeys) is not { } record)
            return null;
        var id = record.Id<CustomerId>("customer_id", CustomerId.TryParse, "CUST-0001");
        check.Record = id?.ToString() ?? check.Record;
        var name = record.Text("name");
        var tier = tiers.IsEmpty ? record.Text("tier") : record.OneOf("tier", tiers);
        var primary = Email(record, "primary_email", record.Text("primary_email"));
        var alternate = Email(record, "alternate_email", record.TextOrNull("alternate_email"));
        var phone = record.Text("phone");
        if (phone is not null && (phone.Count(char.IsAsciiDigit) < 7 || !phone.All(c => char.IsAsciiDigit(c) || " ()+-.x".Contains(c, StringComparison.Ordinal))))
            record.Report(VerificationLayer.Schema, "phone", "this is no phone number", phone, "a phone number");
        var shipping = ReadAddress(record, "shipping_address");
        var billing = ReadAddress(record, "billing_address");
        var exempt = record.Boolean("tax_exempt");
        var created = record.Date("created_date");
        return exempt is null || id is null || name is null || tier is null || primary is null || phone is null || shipping is null || billing is null || created is null
            ? null
            : new Customer
            {
                Id = id.Value,
                Name = name,
                Tier = tier,
                PrimaryEmail = primary,
                AlternateEmail = alternate,
                Phone = phone,
                ShippingAddress = shipping,
                BillingAddress = billing,
                TaxExempt = exempt.Value,
                CreatedDate = created.Value,
            };
    }

    public static Product? ReadProduct(JsonElement element, RecordCheck check)
    {
        if (JsonRecord.Of(element, check, "", ProductKeys) is not { } record)
            return null;
        var id = record.Id<ProductId>("product_id", ProductId.TryParse, "PROD-1001");
        check.Record = id?.ToString() ?? check.Record;
        var name = record.Text("name");
        var category = Symbol(record, "category");
        var brand = record.Text("brand");
        var price = Positive(record, "base_price");
        var warranty = record.Integer("warranty_period", 0, MostWarrantyDays);
        var weight = record.Number("weight", 0.001m, 1000m);
        var signature = record.Boolean("requires_signature");
        var stock = record.Boolean("in_stock");
        var description = record.Text("description");
        return id is null || name is null || category is null || brand is null || price is null || warranty is null || weight is null || signature is null || stock is null || description is null
            ? null
            : new Product
            {
                Id = id.Value,
                Name = name,
                Category = category,
                Brand = brand,
                BasePrice = price.Value,
                WarrantyDays = warranty.Value,
                WeightGrams = (int)Math.Round(weight.Value * 1000m),
                RequiresSignature = signature.Value,
                InStock = stock.Value,
                Description = description,
            };
    }

    private static Address? ReadAddress(JsonRecord record, string name)
    {
        if (record.Object(name, AddressKeys) is not { } address)
            return null;
        var street = address.Text("street");
        var city = address.Text("city");
        var state = address.Text("state");
        var zip = address.Text("zip");
        if (zip is not null && !zip.Any(char.IsAsciiDigit))
            address.Report(VerificationLayer.Schema, "zip", "this is no postal code", zip, "a code with digits");
        return street is null || city is null || state is null || zip is null ? null : new Address(street, city, state, zip);
    }

    public static Money? Positive(JsonRecord record, string name)
    {
        var money = record.Money(name);
        if (money is { Cents: <= 0 } wrong)
            record.Report(VerificationLayer.Schema, name, "a price is positive", wrong.ToString(), "more than 0.00");
        return money;
    }

    /// <summary>A name in lower case such as <c>credit_card</c>.</summary>
    public static string? Symbol(JsonRecord record, string name)
    {
        if (record.Member(name) is { } member && PlainJson.TryText(member, stackalloc char[PlainJson.Room], out var plain) && Symbols.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain, out var known))
            return known;
        var text = record.Text(name);
        if (text is null)
            return null;
        if (!text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            record.Report(VerificationLayer.Schema, name, "this is no name in snake_case", text, "a name such as credit_card");
        else if (Symbols.Count < MostSymbols)
            Symbols.TryAdd(text, text);
        return text;
    }

    private static string? Email(JsonRecord record, string name, string? email)
    {
        if (email is null)
            return null;
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var dot = email.LastIndexOf('.');
        if (at < 1 || at != email.LastIndexOf('@') || dot < at + 2 || dot > email.Length - 3 || email.Any(c => char.IsWhiteSpace(c) || char.IsUpper(c)))
            record.Report(VerificationLayer.Schema, name, "this is no e-mail address", email, "an address such as ada@example.com");
        return email;
    }
}
