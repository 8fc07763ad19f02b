namespace TicketWorld.Worlds.Soaking;

/// <summary>What published sets of support tickets get wrong, each counted by a check of its own from the files of a set.</summary>
public enum Contradiction
{
    /// <summary>A message is not later than the order that it is about.</summary>
    BeforeOrder,

    /// <summary>A message lies outside the range of days of its scenario.</summary>
    OutsideWindow,

    /// <summary>An order lies outside the season of its scenario.</summary>
    OutsideSeason,

    /// <summary>A fact or detail on the order's state differs from the database.</summary>
    OtherStatus,

    /// <summary>The item or the order costs something else than its scenario asks for, as when a photo is asked for of a cheap item.</summary>
    OtherPriceRange,

    /// <summary>A fact on a value differs from the database.</summary>
    OtherValue,

    /// <summary>The actions do not fit the outcome.</summary>
    OtherOutcome,

    /// <summary>An action that waits for the customer stands beside one that changes the record already.</summary>
    WaitingAndDone,

    /// <summary>A sender is called a match of an address that is not on record, or the other way round.</summary>
    WrongSenderMatch,

    /// <summary>A line that was returned or refunded is returned again.</summary>
    SettledTwice,

    /// <summary>Two tickets that are no what-ifs are about one line or one order.</summary>
    CompensatedTwice,

    /// <summary>An order's total is not the sum of its lines, or what is due is not that of total, fee, tax and gift card.</summary>
    WrongTotal,

    /// <summary>A resolution's total is not the sum of its actions.</summary>
    WrongActionTotal,

    /// <summary>A message holds words of the generator: a clause id, a scenario, a label, a slot.</summary>
    GeneratorWords,

    /// <summary>Messages begin with one and the same line, or are stamped with one and the same second of the day, too often.</summary>
    SameOpeningOrSecond,

    /// <summary>Two parcels share a tracking number.</summary>
    SharedTracking,
}
