using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;

namespace TicketWorld.Tests.Support.Extraction;

/// <summary>Ids, telephone numbers and names in forms that only what stands around them tells apart.</summary>
public sealed class WidenedExtractionTests
{
    private static readonly RuleExtractor Extractor = new(new RuleFiles());

    [Theory]
    [InlineData("Purchase order 7000-55-1208 is late.", FieldNames.OrderId, "7000-55-1208")]
    [InlineData("The sleeping mat on delivery note DN-20931 was missing.", FieldNames.OrderId, "DN-20931")]
    [InlineData("Meine Kd.-Nr. lautet 44-90117.", FieldNames.AccountId, "44-90117")]
    [InlineData("My username is o.fennimore and I cannot log in.", FieldNames.AccountId, "o.fennimore")]
    [InlineData("Contract OSP/R/118 ends in May.", FieldNames.AccountId, "OSP/R/118")]
    [InlineData("Bitte senden Sie die Rechnung vom 14.10.2026 (RG 2026/10/5583) noch einmal.", FieldNames.TransactionId, "RG 2026/10/5583")]
    [InlineData("Le mandat MND-0093-4471 est révoqué.", FieldNames.TransactionId, "MND-0093-4471")]
    [InlineData("Cordialement,\nMarguerite\n04.66.55.01.90", FieldNames.PhoneNumber, "04.66.55.01.90")]
    [InlineData("I replaced the old mobile number (07700 900 118) in my details.", FieldNames.PhoneNumber, "07700 900 118")]
    [InlineData("Me hicieron un cargo de $2,899.00 MXN ayer.", FieldNames.Amount, "$2,899.00 MXN")]
    [InlineData("O débito está ativo desde jul/2024.", FieldNames.Date, "jul/2024")]
    [InlineData("I use Brightfold+ 25.4 at school.", FieldNames.ProductName, "Brightfold+")]
    public void A_value_is_found_with_its_exact_text(string text, string field, string value) =>
        Assert.Contains(value, Found(text, field));

    [Theory]
    [InlineData("My colleague Imre wrote on Monday about the app.", FieldNames.ProductName)]
    [InlineData("IBAN de origen ES91 2100 0418 4502 0005 1332.", FieldNames.PhoneNumber)]
    [InlineData("HTTP/1.1 is what we use.", FieldNames.ErrorCode)]
    public void What_only_looks_like_a_value_is_none(string text, string field) =>
        Assert.Empty(Found(text, field));

    private static IEnumerable<string> Found(string text, string field) =>
        Extractor.Extract(new TicketText("", text, null), null).Fields
            .Where(found => found.Name == field).SelectMany(found => found.Values).Select(value => value.Span.Text);
}
