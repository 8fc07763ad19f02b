using Microsoft.OpenApi;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Health;

namespace TicketWorld.Api.Documentation;

/// <summary>The OpenAPI document at <c>/openapi.json</c> and the page over it at <c>/docs</c>.</summary>
internal static class ApiDocumentation
{
    private const string DocumentPath = "/openapi.json";

    public static void AddServices(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "TicketWorld",
                Version = HealthFact.InterfaceVersion,
                Description = "Makes customer-service worlds whose every answer can be proved. JSON is snake_case; errors are Problem Details "
                    + "(RFC 9457) with a stable code, the field and value at fault, and the remedy. Calls need an API key (Authorization: Bearer tw_…) as soon as one was made; until then the API answers on this machine only.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[EndpointDescriptions.KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, tw_ID_SECRET. None is needed while none was ever made.",
            };
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer(SchemaDescriptions.DescribeComponents);
        options.AddDocumentTransformer(HealthDescription.Describe);
        options.AddOperationTransformer(EndpointDescriptions.Describe);
        options.AddSchemaTransformer(SchemaDescriptions.Describe);
    });

    public static void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            }
            return next(context);
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "TicketWorld API";
            page.SwaggerEndpoint(DocumentPath, "TicketWorld");
            page.DisplayRequestDuration();
        });
        app.MapOpenApi(DocumentPath).ForCallers(Callers.Anyone);
    }
}
