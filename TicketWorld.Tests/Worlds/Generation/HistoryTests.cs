using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>What customers bought and when: a shop's records, seen as a whole.</summary>
public sealed class HistoryTests
{
    private static readonly Lazy<RecordBook> Shop = new(() =>
        World.Create(TechNest.Pack, new WorldOptions { Tickets = 100, Customers = 4000, Products = 150, Orders = 8000, Seed = 3 }).Book);

    [Fact]
    public void Few_customers_order_much_and_many_once()
    {
        var counts = Shop.Value.Customers.Select(c => Shop.Value.OrdersOf(c.Id).Count).OrderDescending().ToArray();

        Assert.True(counts.Take(counts.Length / 20).Sum() > 0.2 * Shop.Value.Orders.Count, "a twentieth of the customers has less than a fifth of the orders");
        Assert.True(counts.Count(c => c == 1) > 0.2 * counts.Length, "fewer than a fifth of the customers ordered once");
        Assert.True(counts[0] >= 15 && counts[counts.Length / 2] <= 2, $"the best customer has {counts[0]} orders, the middle one {counts[counts.Length / 2]}");
    }

    [Fact]
    public void People_order_more_before_the_holidays_and_in_the_evening()
    {
        var days = Shop.Value.Orders.Where(o => o.Id.Date.Year is 2024 or 2025 && o.Id.Date < new DateOnly(2025, 12, 31)).ToArray();
        var months = days.Where(o => o.Id.Date.Year == 2024).CountBy(o => o.Id.Date.Month).ToDictionary();
        var hours = Shop.Value.Orders.CountBy(o => o.OrderedAt.Hour).ToDictionary();

        Assert.True(months[11] + months[12] > 1.4 * (months[9] + months[10]), "November and December do not stand out");
        Assert.True(hours[20] > 5 * hours.GetValueOrDefault(3), "people order at night");
    }

    [Fact]
    public void What_is_particular_happens_about_as_often_as_the_pack_says()
    {
        var (orders, habits) = (Shop.Value.Orders, TechNest.Pack.Settings.Habits);
        double Percent(Func<Order, bool> holds) => 100.0 * orders.Count(holds) / orders.Count;

        Assert.InRange(Percent(o => o.Gift), habits.Gift - 1.5, habits.Gift + 1.5);
        Assert.InRange(Percent(o => o.GiftCardAmount.Cents > 0), habits.GiftCard - 1.5, habits.GiftCard + 1.5);
        Assert.InRange(Percent(o => o.DeliveredAt > o.PromisedBy), habits.Late - 2.5, habits.Late + 1.5);
        Assert.InRange(Percent(o => o.Parcels.Length > 1), 2, habits.Split);
        Assert.Contains(orders, o => o.AmountDue.Cents == 0 && o.Payments.Count == 0);
        Assert.Contains(orders, o => o.Payments.Any(p => p.Status == PaymentStatus.Pending));
        Assert.InRange(Shop.Value.Customers.Count(c => c.TaxExempt), 115, 125);
    }

    [Fact]
    public void Cheap_products_are_many_and_dear_ones_few()
    {
        var prices = Shop.Value.Products.Select(p => p.BasePrice.Cents).Order().ToArray();

        Assert.True(prices[prices.Length / 2] < 300_00, $"the middle price is {prices[prices.Length / 2]} cents");
        Assert.InRange(prices.Count(p => p > 1000_00), 1, prices.Length / 6);
        Assert.All(prices, p => Assert.Contains(p % 100, (long[])[99, 95, 49, 0]));
    }
}
