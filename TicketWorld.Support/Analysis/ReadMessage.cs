using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;

namespace TicketWorld.Support.Analysis;

/// <summary>A message in the form that it is weighed in.</summary>
/// <param name="Language">Index in <see cref="Languages.All"/>.</param>
/// <param name="Injected">Stretches that instruct the reader; passed over.</param>
/// <param name="BodyHasWords">Whether a letter is left of the body.</param>
internal sealed record ReadMessage(
    Message Message, ReadTokens Tokens, int Language, double LanguageConfidence, IReadOnlyList<TextSpan> Injected, bool BodyHasWords);
