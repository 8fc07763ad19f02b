namespace TicketWorld.Benchmarks.Understanding;

/// <summary>How many values of a field were found with their exact text, found wrongly, and missed.</summary>
internal sealed class ExtractionTally
{
    public const string Head = "                    right  wrong  missed  precision   recall      F1";

    public int Right { get; private set; }

    public int Wrong { get; private set; }

    public int Missed { get; private set; }

    public double F1 => Share(2 * Right, (2 * Right) + Wrong + Missed);

    public void AddRight() => Right++;

    public void AddWrong() => Wrong++;

    public void AddMissed() => Missed++;

    public void Print(string name)
    {
        var precision = Share(Right, Right + Wrong);
        var recall = Share(Right, Right + Missed);
        Console.WriteLine($"{name,-18}{Right,7}{Wrong,7}{Missed,8}{precision,11:0.000}{recall,9:0.000}{F1,8:0.000}");
    }

    private static double Share(int part, int whole) => whole == 0 ? 1 : part / (double)whole;
}
