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
    [InlineData("Error: ORD-10001 failed", FieldNames.OrderId, "ORD-10001")]
    [InlineData("Checkout error ORD-10001", FieldNames.OrderId, "ORD-10001")]
    [InlineData("Fehler ORD-10001 beim Bezahlen", FieldNames.OrderId, "ORD-10001")]
    [InlineData("error code: ORD-777", FieldNames.OrderId, "ORD-777")]
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
    [InlineData("The customer number printed on my bill is 5520 0174 318.", FieldNames.AccountId, "5520 0174 318")]
    [InlineData("Je suis sociétaire 0042 7719 K depuis dix ans.", FieldNames.AccountId, "0042 7719 K")]
    [InlineData("Anmeldung als Spender unmöglich, Spendernummer S-31907.", FieldNames.AccountId, "S-31907")]
    [InlineData("Alias registrado: sol_de_norte.", FieldNames.AccountId, "sol_de_norte")]
    [InlineData("No consigo entrar con el usuario mferrando.", FieldNames.AccountId, "mferrando")]
    [InlineData("My user is tkelso4.", FieldNames.AccountId, "tkelso4")]
    [InlineData("The booth was cancelled, so please refund the order that I cancelled, 77-41208.", FieldNames.OrderId, "77-41208")]
    [InlineData("Die Rückzahlung RZ-2208 fehlt noch.", FieldNames.TransactionId, "RZ-2208")]
    [InlineData("Kündigungsnummer K-55120, und trotzdem wird abgebucht.", FieldNames.TransactionId, "K-55120")]
    [InlineData("O Pix de ontem não chegou, código E1823612020261130.", FieldNames.TransactionId, "E1823612020261130")]
    [InlineData("Contestação da venda, protocolo CBK-33018-2.", FieldNames.TransactionId, "CBK-33018-2")]
    [InlineData("We paid Rs. 41,250 last week and nothing has changed.", FieldNames.Amount, "Rs. 41,250")]
    [InlineData("Me cobraron S/ 118.00 dos veces.", FieldNames.Amount, "S/ 118.00")]
    [InlineData("Pagué $350.00 pesos en caja.", FieldNames.Amount, "$350.00 pesos")]
    [InlineData("Please send back EUR250 that you took by mistake.", FieldNames.Amount, "EUR250")]
    [InlineData("The installer quits with KT_SIG_MISSING on all laptops.", FieldNames.ErrorCode, "KT_SIG_MISSING")]
    [InlineData("Every call of the API fails:\nHTTP/1.1 422 Unprocessable Entity", FieldNames.ErrorCode, "422")]
    [InlineData("01422 555 013 is the shop, ring us there.", FieldNames.PhoneNumber, "01422 555 013")]
    [InlineData("Service des achats – 04 75 00 33 21", FieldNames.PhoneNumber, "04 75 00 33 21")]
    [InlineData("Eu queria passar do plano Brisa Prata para outro.", FieldNames.ProductName, "plano Brisa Prata")]
    [InlineData("Where do I change the language of the mails that Traço 3D sends me?", FieldNames.ProductName, "Traço 3D")]
    [InlineData("Every time I open a file in Stovetally the app crashes.", FieldNames.ProductName, "Stovetally")]
    public void A_value_is_found_with_its_exact_text(string text, string field, string value) =>
        Assert.Contains(value, Found(text, field));

    [Theory]
    [InlineData("My colleague Imre wrote on Monday about the app.", FieldNames.ProductName)]
    [InlineData("IBAN de origen ES91 2100 0418 4502 0005 1332.", FieldNames.PhoneNumber)]
    [InlineData("HTTP/1.1 is what we use.", FieldNames.ErrorCode)]
    [InlineData("Our VAT number is GB 000 7719 31.", FieldNames.PhoneNumber)]
    [InlineData("Commande 31-MAR-0907 ne vient pas.", FieldNames.Date)]
    [InlineData("Überweisung an Ihr Mietkonto DE00 5001 0517 0000 4471 09.", FieldNames.AccountId)]
    [InlineData("Greetings from Madurai, where it rains.", FieldNames.ProductName)]
    public void What_only_looks_like_a_value_is_none(string text, string field) =>
        Assert.Empty(Found(text, field));

    private static IEnumerable<string> Found(string text, string field) =>
        Extractor.Extract(new TicketText("", text, null), null).Fields
            .Where(found => found.Name == field).SelectMany(found => found.Values).Select(value => value.Span.Text);
}
