namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>The kinds of features, by the names that the file of weights has for them.</summary>
internal static class FeatureKinds
{
    public static readonly FeatureKind Bias = new("bias");

    public static readonly FeatureKind Word = new("word");

    /// <summary>Four characters of a word that follow each other.</summary>
    public static readonly FeatureKind Part = new("part");

    /// <summary>The first five characters of a longer word.</summary>
    public static readonly FeatureKind Stem = new("stem");

    /// <summary>The first four characters of a longer word.</summary>
    public static readonly FeatureKind Root = new("root");

    /// <summary>Two words side by side.</summary>
    public static readonly FeatureKind Two = new("two");

    public static readonly FeatureKind Means = new("means");

    /// <summary>A concept in the subject.</summary>
    public static readonly FeatureKind Subject = new("subject");

    /// <summary>Two concepts close by in a sentence.</summary>
    public static readonly FeatureKind Both = new("both");

    public static readonly FeatureKind Topic = new("topic");

    public static readonly FeatureKind Signal = new("signal");

    /// <summary>How the text looks.</summary>
    public static readonly FeatureKind Shape = new("shape");

    /// <summary>The topic that severity is weighed for.</summary>
    public static readonly FeatureKind Of = new("of");

    /// <summary>What the table of severities says.</summary>
    public static readonly FeatureKind Table = new("table");

    /// <summary>A signal of a topic's message.</summary>
    public static readonly FeatureKind Case = new("case");

    /// <summary>A concept of a topic's message.</summary>
    public static readonly FeatureKind CaseConcept = new("case_concept");

    /// <summary>A word of a topic's message.</summary>
    public static readonly FeatureKind CaseWord = new("case_word");
}

/// <summary>How a text may look.</summary>
internal static class Shapes
{
    public static readonly NamedHash Question = new("question");
    public static readonly NamedHash Cry = new("cry");
    public static readonly NamedHash Cries = new("cries");
    public static readonly NamedHash Capitals = new("capitals");

    private static readonly NamedHash Tiny = new("tiny");
    private static readonly NamedHash Short = new("short");
    private static readonly NamedHash Middle = new("middle");
    private static readonly NamedHash Long = new("long");
    private static readonly NamedHash Letter = new("letter");

    public static NamedHash OfLength(int tokens) => tokens switch { < 4 => Tiny, < 15 => Short, < 60 => Middle, < 150 => Long, _ => Letter };
}
