using System.Globalization;

namespace TicketWorld.Worlds.Quantities;

/// <summary>An amount of money in minor units (cents), so that sums and fees are exact.</summary>
/// <param name="Cents">Minor units; negative where the customer pays.</param>
public readonly record struct Money(long Cents) : IComparable<Money>
{
    public static readonly Money Zero;

    public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);

    public static Money operator -(Money a, Money b) => new(a.Cents - b.Cents);

    public static Money operator -(Money a) => new(-a.Cents);

    public static Money operator *(Money a, int times) => new(a.Cents * times);

    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;

    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;

    public static bool operator <=(Money a, Money b) => a.Cents <= b.Cents;

    public static bool operator >=(Money a, Money b) => a.Cents >= b.Cents;

    /// <summary>The share of <paramref name="percent"/> per cent, rounded half away from zero to a cent.</summary>
    public Money Percent(long percent)
    {
        var scaled = Cents * percent;
        var rounded = scaled >= 0 ? (scaled + 50) / 100 : (scaled - 50) / 100;
        return new Money(rounded);
    }

    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    /// <summary>Parses a plain decimal number with at most two decimals, such as <c>1299.5</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        money = default;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        if (Math.Abs(value) > 1_000_000_000m || decimal.Round(value, 2) != value)
            return false;
        money = new Money((long)(value * 100m));
        return true;
    }

    /// <summary>The amount as a decimal with two places, for example 12.50.</summary>
    public decimal ToDecimal() => new(lo: (int)(Math.Abs(Cents) & 0xFFFFFFFF), mid: (int)(Math.Abs(Cents) >> 32), hi: 0, isNegative: Cents < 0, scale: 2);

    public override string ToString() => ToDecimal().ToString(CultureInfo.InvariantCulture);
}
