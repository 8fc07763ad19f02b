using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Support.Models;

namespace TicketWorld.ServiceDefaults.Models;

/// <summary>
/// Finds who serves the models that settings name. A provider that serves the models of many takes each name as it is. Elsewhere a name
/// with the prefix of another provider (<c>openai/…</c>) goes to that one, if it can be called.
/// </summary>
internal sealed class ModelNames
{
    private readonly Settings _settings;
    private readonly ProviderSettings _providers;
    private readonly ModelEndpoint? _endpoint;

    public ModelNames(Settings settings, ProviderSettings providers)
    {
        (_settings, _providers) = (settings, providers);
        Provider = providers.Chosen();
        Model = settings.Text("DEFAULT_MODEL", DeskModelOptions.GeneralModel);
        var fallback = settings.Text("FALLBACK_MODEL", DeskModelOptions.GeneralFallback);
        FallbackModel = IsNone(fallback) ? null : fallback;
        if (Provider == ModelProvider.None)
            return;
        _endpoint = providers.Find(Provider, isNamed: true);
        if (_endpoint is null)
        {
            var key = ProviderSettings.KeyOf(Provider);
            Notice = $"LLM_PROVIDER is {ProviderTraits.Of(Provider).Word} and {key} is not set, so rules alone understand and answer tickets. Set {key} to use a model.";
            return;
        }

        ChoosePrimary();
        ChooseFallback();
    }

    public ModelProvider Provider { get; }

    public string Model { get; private set; }

    public string? FallbackModel { get; private set; }

    public ModelTarget? Primary { get; private set; }

    public ModelTarget? Fallback { get; private set; }

    public string? Notice { get; }

    /// <summary>The model that a step's setting names; null when it is not set or there is no provider.</summary>
    public ModelTarget? OfStep(string key) => _endpoint is not null && Set(key) is { } name ? Named(key, name) : null;

    private void ChoosePrimary()
    {
        if (Set("DEFAULT_MODEL") is { } name)
        {
            Primary = Named("DEFAULT_MODEL", name);
            return;
        }

        Primary = Served(DeskModelOptions.GeneralModel);
        if (Primary is null && ProviderTraits.Of(Provider).Model is { } own)
            Primary = TargetOf(own);
        if (Primary is null)
            _settings.Missing("DEFAULT_MODEL", $"the name of a model that {ProviderTraits.Of(Provider).Word} serves");
        else
            Model = Primary.Name;
    }

    private void ChooseFallback()
    {
        if (Set("FALLBACK_MODEL") is { } name)
        {
            Fallback = IsNone(name) ? null : Named("FALLBACK_MODEL", name);
            return;
        }

        Fallback = Served(DeskModelOptions.GeneralFallback);
        if (Fallback is null && ProviderTraits.Of(Provider).Fallback is { } own)
            Fallback = TargetOf(own);
        FallbackModel = Fallback?.Name;
    }

    private ModelTarget? Named(string key, string name)
    {
        if (name.Length <= 200 && name.All(c => c is > ' ' and <= '~'))
        {
            if (TargetOf(name) is { } target)
                return target;
            var owner = ProviderTraits.OwnerOf(name)!;
            _settings.Fault(key, name, $"a model of {ProviderTraits.Of(Provider).Word}, or {ProviderSettings.KeyOf(owner.Provider)} set for this one", "a model of the provider");
            return null;
        }

        _settings.Fault(key, name, "1 to 200 printable ASCII characters without spaces", "a model of the provider");
        return null;
    }

    /// <summary>The target of a general name, at a provider that serves those or by its prefix; null where neither is so.</summary>
    private ModelTarget? Served(string name) =>
        Provider is ModelProvider.OpenRouter || ProviderTraits.Of(Provider).Prefix is not null ? TargetOf(name) : null;

    private ModelTarget? TargetOf(string name)
    {
        var provider = ProviderTraits.Of(Provider);
        var owner = provider.Prefix is null ? provider : ProviderTraits.OwnerOf(name) ?? provider;
        var endpoint = owner.Provider == Provider ? _endpoint : _providers.Find(owner.Provider, isNamed: false);
        return endpoint is null ? null : new ModelTarget(name, owner.NameOf(name), endpoint);
    }

    private string? Set(string key) => _settings.Text(key, "") is { Length: > 0 } name ? name : null;

    private static bool IsNone(string name) => string.Equals(name, "none", StringComparison.OrdinalIgnoreCase);
}
