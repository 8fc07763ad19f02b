using TicketWorld.Support.Retrieval;

namespace TicketWorld.Tests.Support.Retrieval;

/// <summary>A small knowledge base, written by hand.</summary>
internal static class HelpArticles
{
    public static IReadOnlyList<Article> All { get; } =
    [
        Of("KB-AUTH", "Sign-in fails with error E401", "The error E401 means that the session has expired. Sign out everywhere, clear the cookies and log in again. If it stays, the account may be locked."),
        Of("KB-PASSWORD", "Reset a forgotten password", "Choose Forgot password on the sign-in page. A link to reset the password comes by mail within five minutes and is good for an hour."),
        Of("KB-TWOFACTOR", "Two-factor codes do not arrive", "Codes by text message can be late. Check the phone number of the account, or use an authenticator app."),
        Of("KB-REFUND", "When a refund is paid", "We pay a refund within five days of the return. It reaches a credit card within ten days. Bank transfers take three days more."),
        Of("KB-DOUBLE", "Charged twice for one order", "A second charge is often only a reservation and vanishes by itself. If the card was charged twice, send us both dates."),
        Of("KB-INVOICE", "Download an invoice", "Every invoice is in the account under Orders. Invoices can be made out to a company with its tax number."),
        Of("KB-CANCEL", "Cancel a subscription", "A subscription ends at the end of the paid month when it is cancelled in the account under Plans. Yearly plans are paid back in part."),
        Of("KB-UPGRADE", "Change to another plan", "An upgrade holds at once, a downgrade from the next month. The difference is charged pro rata."),
        Of("KB-TRACKING", "The tracking number shows nothing", "A tracking number works from the evening on which the carrier scans the parcel. Wait one day, then write to us."),
        Of("KB-DELAY", "A delivery is late", "Most deliveries arrive within two days of the date promised. After that we ask the carrier and tell you what happened."),
        Of("KB-DAMAGED", "A parcel arrived damaged", "Take pictures of the damage and of the label. We send a replacement at once, and the carrier fetches the damaged goods."),
        Of("KB-MISSING", "Something is missing from the box", "Large orders come in several boxes. Compare the packing list; then tell us which item is missing."),
        Of("KB-RETURN", "Send something back", "Goods can be sent back within 28 days. Print the label in the account; unopened goods are paid back in full."),
        Of("KB-EXCHANGE", "Exchange for another size or colour", "Order the new one and send the old one back; the price difference is waived for an exchange."),
        Of("KB-WARRANTY", "Repairs under warranty", "The warranty covers faults for two years. Water and falls are not covered. We repair within ten working days."),
        Of("KB-BATTERY", "Shipping lithium batteries", "Lithium batteries travel by road only, so they cannot be sent abroad by air or to islands."),
        Of("KB-GIFT", "Use and balance of gift cards", "The balance of a gift card is shown at the checkout. Gift cards hold for three years and are not paid out."),
        Of("KB-PROMO", "A promotion code is refused", "A code is good once per customer and not for goods that are reduced already. Mind the date."),
        Of("KB-PRICE", "The price fell after the order", "Within 14 days we refund the difference when our own price falls."),
        Of("KB-PRIVACY", "Delete personal data", "Ask for deletion in the account under Privacy. Invoices must be kept for ten years by law."),
        Of("KB-CRASH", "The app crashes at the start", "Update the app, then restart the phone. A crash report helps us: send the version and the model."),
        Of("KB-SYNC", "Photos do not synchronise", "Synchronisation waits for a wireless network unless mobile data is allowed. Check the free storage."),
        Of("KB-API", "API answers 429 too many requests", "The API allows 60 requests a minute for each key. Wait as long as Retry-After says."),
        Of("KB-ADDRESS", "Change the delivery address", "The address can be changed until the order is packed. Afterwards only the carrier can redirect the parcel."),
    ];

    private static Article Of(string id, string title, string body) => new() { Id = id, Title = title, Body = body, Kind = "knowledge" };
}
