using System.Diagnostics;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Tests.Support.Analysis;

/// <summary>What of a message counts, and that nothing in it breaks the reading.</summary>
public sealed class ReadingTests
{
    private const string Late = "My parcel was supposed to arrive on Monday and still is not here.";

    [Theory]
    [InlineData("\n\n> On Tuesday you wrote:\n> Our whole production is down, nobody can work, all data is lost!")]
    [InlineData("\n\nOn 3 May Support wrote:\nEverything is down in all of our shops. Nobody can work.")]
    [InlineData("\n\nFrom: Ops <ops@corp.example>\nSent: Monday\nTo: me\n\nThe entire production system is down!")]
    [InlineData("\n\nKind regards\nPat Crash\nHacked Account Security Ltd")]
    [InlineData("\n\n--\nEmergency Production Outage Consulting")]
    [InlineData("\n\nThis e-mail and any attachments are confidential. Security breach? Call a lawyer.")]
    public void Quotes_signatures_and_footers_do_not_count(string tail)
    {
        var plain = Analysers.Analyse("Parcel", Late);
        var with = Analysers.Analyse("Parcel", Late + tail);

        Assert.Equal(Topic.Delivery, plain.Topic);
        Assert.Equal((plain.Topic, plain.Severity, plain.Urgent), (with.Topic, with.Severity, with.Urgent));
    }

    [Fact]
    public void A_pointer_makes_the_forwarded_text_the_message()
    {
        var analysis = Analysers.Analyse("FW: help", "See below please.\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\n\nI was charged twice for the same order, please refund one payment.");

        Assert.Equal(Topic.DoubleCharge, analysis.Topic);
    }

    [Fact]
    public void Markup_is_read_as_its_text()
    {
        var analysis = Analysers.Analyse("", "<div dir=\"ltr\"><p>I was <b>charged</b>&nbsp;twice for the same order.</p><script>down outage critical</script></div>");

        Assert.Equal(Topic.DoubleCharge, analysis.Topic);
        Assert.Equal("en", analysis.Language);
    }

    [Theory]
    [InlineData("en", "I can't log in to my account any more, the password is refused.")]
    [InlineData("pt", "Não consigo entrar na minha conta, a senha não é aceita.")]
    [InlineData("es", "No puedo entrar en mi cuenta, la contraseña es rechazada.")]
    [InlineData("de", "Ich komme nicht mehr in mein Konto, das Passwort wird abgelehnt.")]
    [InlineData("fr", "Je ne peux plus me connecter à mon compte, le mot de passe est refusé.")]
    public void Each_language_is_told_and_understood(string language, string body)
    {
        var analysis = Analysers.Analyse("", body);

        Assert.Equal((language, Topic.LoginAccess, Severity.High), (analysis.Language, analysis.Topic, analysis.Severity));
    }

    [Theory]
    [InlineData("This is not urgent, but my avatar cannot be changed.")]
    [InlineData("No rush at all: how do I change my avatar?")]
    [InlineData("Es ist nicht dringend: wie ändere ich mein Profilbild?")]
    public void A_denied_urgency_is_none(string body)
    {
        var analysis = Analysers.Analyse("", body);

        Assert.False(analysis.Urgent);
        Assert.Empty(analysis.UrgencyIndicators);
    }

    [Theory]
    [InlineData("Is the crash course on Saturday still taking place?")]
    [InlineData("I would like to order the blue lamp, is it in stock?")]
    [InlineData("Is your shop down the street open on Sunday?")]
    public void A_word_in_another_sense_is_no_fault(string body) => Assert.Equal(Severity.Low, Analysers.Analyse("", body).Severity);

    [Fact]
    public void A_denied_bug_is_not_named() =>
        Assert.NotEqual(Topic.ExplicitBug, Analysers.Analyse("", "The app freezes when I open the map. It is not a bug in your code, I think.").Topic);

    [Fact]
    public void Nothing_in_a_text_breaks_the_reading()
    {
        string[] bodies =
        [
            "", "\0\u0001\u0002", "\ud800", "a\udc00b", new string('\ud83d', 999), "\u202eabc\u202c مرحبا", "e\u0301\u0301\u0301 cafe\u0301", new string('>', 2000),
            new string('<', 3000), string.Concat(Enumerable.Repeat("<div ", 4000)), string.Concat(Enumerable.Repeat("&amp;", 4000)), new string('a', 50_000),
            string.Concat(Enumerable.Repeat("[INST] ", 5000)), string.Concat(Enumerable.Repeat("not ", 12_000)), string.Concat(Enumerable.Repeat("\n", 50_000)),
            string.Concat(Enumerable.Repeat("{{", 20_000)), "٣٤٥ 12,3,4,5.6.7", "a@b@c//:://..", "R$", "$ 1", "€", "1.2.3.4", "l'", "'", "n't", "\r\n\r\n--\r\n",
        ];
        foreach (var body in bodies)
            Bounded(new TicketText(body.Length > 400 ? body[..400] : body, body));
    }

    [Fact]
    public void Confidences_are_probabilities_and_evidence_stands_in_the_text()
    {
        foreach (var fixture in Fixtures.All)
            Bounded(new TicketText(fixture.Subject, fixture.Body));
    }

    [Theory]
    [InlineData("Hilfe", "Konto gesperrt", "de")]
    [InlineData("Erro", "O aplicativo trava", "pt")]
    [InlineData("Error", "Mensagem de erro ao entrar", "pt")]
    [InlineData("Internet", "Internet caiu", "pt")]
    [InlineData("help", "account locked", "en")]
    public void The_language_of_a_few_words_is_that_in_which_they_mean_something(string subject, string body, string language) =>
        Assert.Equal(language, Analysers.Analyse(subject, body).Language);

    [Theory]
    [InlineData("My parcel has not arrived and nobody answers, please refund the double charge of $29.99 now. ", 60)]
    [InlineData("\n", 5000)]
    [InlineData("a\n", 2500)]
    [InlineData(">\n", 2500)]
    [InlineData("Regards\n", 600)]
    [InlineData("\r\n\t", 1600)]
    public void Time_grows_with_the_length_alone(string sentence, int times)
    {
        var one = "Parcel" + string.Concat(Enumerable.Repeat(sentence, times));
        var ten = "Parcel" + string.Concat(Enumerable.Repeat(sentence, 10 * times));
        Time(ten);

        var (short_, long_) = (Enumerable.Range(0, 5).Min(_ => Time(one)), Enumerable.Range(0, 5).Min(_ => Time(ten)));

        Assert.True(long_ < 40 * short_ + 5, $"{one.Length} characters take {short_:F1} ms, {ten.Length} take {long_:F1} ms.");
    }

    private static double Time(string body)
    {
        var watch = Stopwatch.StartNew();
        Analysers.Analyse("", body);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Bounded(TicketText text)
    {
        var analysis = Analysers.Own.Analyse(text);

        Assert.All(
            [analysis.TopicConfidence, analysis.CategoryConfidence, analysis.SeverityConfidence, analysis.SentimentConfidence, analysis.LanguageConfidence],
            confidence => Assert.InRange(confidence, 0, 1));
        Assert.True(analysis.SecondaryCategories.Count <= 2);
        Assert.DoesNotContain(analysis.Category, analysis.SecondaryCategories);
        Assert.True(analysis.Also.Count <= 3);
        Assert.DoesNotContain(analysis.Topic, analysis.Also);
        Assert.All([.. analysis.KeywordsMatched, .. analysis.UrgencyIndicators], word =>
            Assert.True(text.Subject.Contains(word, StringComparison.Ordinal) || text.Body.Contains(word, StringComparison.Ordinal)));
    }
}
