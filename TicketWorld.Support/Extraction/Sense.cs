namespace TicketWorld.Support.Extraction;

/// <summary>What a word says about the words and numbers beside it. The word lists of extraction.yaml have these names.</summary>
[Flags]
internal enum Sense : ulong
{
    None = 0,

    /// <summary>Order, booking, purchase: the number beside it is one of these.</summary>
    Order = 1UL << 0,

    /// <summary>Customer, contract, tenant.</summary>
    Account = 1UL << 1,

    /// <summary>Payment, invoice, refund, dispute.</summary>
    Transaction = 1UL << 2,

    /// <summary>Tracking, ticket, serial, card, tax: the number beside it is none of the fields.</summary>
    OtherNumber = 1UL << 3,

    /// <summary>Number, no., id: stands between the label and what it labels.</summary>
    NumberWord = 1UL << 4,

    /// <summary>Reference, id: labels a number and leaves open of what.</summary>
    Reference = 1UL << 5,

    /// <summary>Is, lautet, colon words.</summary>
    Copula = 1UL << 6,

    /// <summary>The, my, of: may stand between a label and its number.</summary>
    Filler = 1UL << 7,

    /// <summary>And, or: another value of the same kind may follow.</summary>
    And = 1UL << 8,

    /// <summary>User, login: what follows may be a name without digits.</summary>
    LoginName = 1UL << 9,

    /// <summary>Error, code, exit: labels a code.</summary>
    ErrorLabel = 1UL << 10,

    /// <summary>Fails, crash, refused: a fault is told of.</summary>
    Fault = 1UL << 11,

    /// <summary>Returns, shows, says: what follows is what a program answers.</summary>
    Answer = 1UL << 12,

    /// <summary>Endpoint, request, http: a program speaks to a program.</summary>
    Interface = 1UL << 13,

    /// <summary>Version, build, firmware.</summary>
    Version = 1UL << 14,

    /// <summary>Update, upgrade, installed.</summary>
    Update = 1UL << 15,

    /// <summary>To, in, on, la: may stand before a version.</summary>
    VersionBefore = 1UL << 16,

    /// <summary>Call, tel, mobile.</summary>
    Phone = 1UL << 17,

    /// <summary>Charged, paid, price: numbers may be money.</summary>
    Money = 1UL << 18,

    /// <summary>On, le, am: a date may follow.</summary>
    DateBefore = 1UL << 19,

    /// <summary>Of, de: stands inside dates.</summary>
    DateInner = 1UL << 20,

    /// <summary>Minutes, users, GB: the number before it counts.</summary>
    Unit = 1UL << 21,

    /// <summary>Printer, fridge: a number after the name belongs to the name.</summary>
    Device = 1UL << 22,

    /// <summary>App, software: a number after the name is the version.</summary>
    Program = 1UL << 23,

    /// <summary>Plan, subscription, tariff: part of the name beside it.</summary>
    Plan = 1UL << 24,

    /// <summary>Chairs, boots: goods that have names.</summary>
    Goods = 1UL << 25,

    /// <summary>Model: a name follows.</summary>
    Model = 1UL << 26,

    /// <summary>Windows, Slack, a bank: products and companies that are not the one addressed.</summary>
    ThirdParty = 1UL << 27,

    /// <summary>Words that have a capital and are no names: I, Please, Monday.</summary>
    Common = 1UL << 28,

    /// <summary>Use, uso, nutze.</summary>
    Use = 1UL << 29,

    /// <summary>Upgrade, switch, downgrade: plans are named around it.</summary>
    PlanChange = 1UL << 30,

    /// <summary>Voucher, coupon: the code beside it is none of the fields.</summary>
    Voucher = 1UL << 31,

    /// <summary>My, your, unser.</summary>
    Possessive = 1UL << 32,

    /// <summary>Regards, saludos: names of persons follow.</summary>
    Closing = 1UL << 33,

    /// <summary>From, von, de, du: the plan that is left follows.</summary>
    From = 1UL << 34,

    /// <summary>To, auf, para: the plan that is wanted follows.</summary>
    To = 1UL << 35,

    /// <summary>Pro, Basic, Premium: a name of a plan by itself.</summary>
    Tier = 1UL << 36,

    /// <summary>Stated of persons and companies: Mr, Ltd, GmbH.</summary>
    Person = 1UL << 37,

    /// <summary>Hour words and prepositions of time: at, um, Uhr.</summary>
    Time = 1UL << 38,

    /// <summary>Licence, seats: of a product.</summary>
    Licence = 1UL << 39,

    /// <summary>Extension of a telephone number.</summary>
    Extension = 1UL << 40,

    /// <summary>Adjectives that stand between a name and its kind: smart, mobile, white.</summary>
    Attribute = 1UL << 41,

    /// <summary>Names of persons, places and streets, which are no products.</summary>
    Name = 1UL << 42,

    /// <summary>In, mit, avec, open: the name of a product may follow without an article.</summary>
    NameBefore = 1UL << 43,

    /// <summary>Does, shows, crashes, zeigt: what a product does.</summary>
    NameAfter = 1UL << 44,

    /// <summary>The, my, le, o: an article or possessive.</summary>
    Determiner = 1UL << 45,

    /// <summary>Button, menu, export: the message is about a program.</summary>
    Screen = 1UL << 46,

    /// <summary>Shop, branch, clinic: the name before it is that of a place.</summary>
    Place = 1UL << 47,

    /// <summary>In, at, from, da: names of places and persons follow as often as those of products.</summary>
    PlaceBefore = 1UL << 48,
}
