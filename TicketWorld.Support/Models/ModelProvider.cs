namespace TicketWorld.Support.Models;

/// <summary>Who serves a model.</summary>
public enum ModelProvider
{
    /// <summary>Nobody: rules alone.</summary>
    None,
    OpenAI,
    OpenRouter,
    Gemini,
    Azure,
    Ollama,
    Vllm,
    Anthropic,
}
