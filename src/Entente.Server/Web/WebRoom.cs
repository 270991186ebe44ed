using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;

namespace Entente.Server.Web;

/// <summary>The frame of all pages: components, assets, the language switch.</summary>
public static class WebRoom
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<Visit>();
        // Accents as themselves: shorter pages, and a page's source can be read.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        // Form tokens are masked anew at each request, so a compressed page gives none away.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapAssets();
        app.MapLanguageChoice();
    }
}
